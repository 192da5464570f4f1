"""Class lists and exports made up for tests."""

from datetime import date

from driegesprek import roster, tables

TODAY = date(2026, 11, 21)
HEADINGS = [
    "Stamnummer", "Roepnaam", "Tussenvoegsel", "Achternaam", "Klas", "Leerjaar", "Leerweg", "Mentor",
    "Geboortedatum", "Verzorger 1 naam", "Verzorger 1 mobiel", "Verzorger 1 e-mail", "Verzorger 1 taal",
]  # fmt: skip
ANNA = ["1001", "Anna", "de", "Bakker", "2A", "2", "vmbo-kb", "JAN", "03-04-2013",
        "Fatma Yılmaz", "06-12345678", "fatma@example.nl", "Turks"]  # fmt: skip
BO = ["1002", "Bo", "", "Ünal", "2B", "2", "vmbo-bb", "PET", "13-12-2012",
      "Ali Ünal", "010-4123456", "", "Nederlands"]  # fmt: skip


def with_cells(row, **cells):
    """The row with cells replaced; a name stands for the heading with that start."""
    changed = list(row)
    for name, value in cells.items():
        index = next(i for i, h in enumerate(HEADINGS) if h.casefold().replace(" ", "_").startswith(name))
        changed[index] = value
    return changed


def read(rows, headings=None, *, mapping=None, scope="classes", name="klas.csv"):
    data = tables.write_csv(headings or HEADINGS, rows)
    return roster.read_path_or_bytes(data, name=name, today=TODAY, mapping=mapping, scope=scope)


def exported(**changes):
    """A OneRoster 1.1 export; a keyword replaces a file, None leaves it out."""
    files = {
        "manifest": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\n"
        "file.users,bulk\nfile.classes,bulk\nfile.enrollments,bulk\nfile.demographics,bulk\n"
        "file.academicSessions,bulk\nfile.courses,absent\n",
        "orgs": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
        "s1,,,De Brug,school,12AB,b1\ns2,,,De Haven,school,34CD,b1\nb1,,,Bestuur,district,,\n",
        "academicSessions": "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,"
        "schoolYear\ny1,,,2026-2027,schoolYear,2026-08-01,2027-07-31,,2027\n"
        "y0,,,2025-2026,schoolYear,2025-08-01,2026-07-31,,2026\n",
        "classes": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
        "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n"
        "c2a,,,2A,2,k1,,homeroom,,s1,y1,,,\nc3h,,,3H,3,k1,,homeroom,,s2,y1,,,\n"
        "cwi,,,wiskunde 2A,2,k2,,scheduled,,s1,y1,,,\nc1a,,,1A,1,k1,,homeroom,,s1,y0,,,\n",
        "users": "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,"
        "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
        'p1,,,true,s1,student,p1,,Anna,de Bakker,,1001,,,,"m1,v1",2,\n'
        "p2,,,true,s2,student,p2,,Bo,Ünal,,1002,,,,,3,\n"
        "m1,,,false,s1,parent,m1,,Fatma,Yılmaz,,,fatma@example.nl,0612345678,,,,\n"
        "v1,,,true,s1,guardian,v1,,Ali,Vries,van der,,,,010-4123456,p1,,\n"
        "t1,,,true,s1,teacher,t1,,Jan,Jansen,,,jan@example.nl,,,,,\n"
        "t2,,,true,s2,teacher,t2,,Piet,Pieters,,,,,,,,\n",
        "demographics": "userSourcedId,status,dateLastModified,birthdate,sex\np1,,,2013-04-03,female\n",
        "enrollments": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,"
        "primary,beginDate,endDate\ne1,,,c2a,s1,p1,student,,2026-08-24,\ne2,,,cwi,s1,p1,student,,,\n"
        "e3,,,c3h,s2,p2,student,,,\ne4,,,c2a,s1,t1,teacher,true,,\ne5,,,c3h,s2,t2,teacher,,,\n"
        "e6,,,c1a,s1,p1,student,,,2026-07-31\n",
    } | changes
    return {f"{name}.csv": text.encode() for name, text in files.items() if text is not None}


def exported_1_2(**changes):
    """The same school as OneRoster 1.2: roles apart, birthDate by sourcedId."""
    users = (
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,"
        "email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,"
        "preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n"
        'p1,,,true,p1,,Johanna,de Bakker,,1001,,,,"m1,v1",2,,,,Anna,,,s1,\n'
        "p2,,,true,p2,,Bo,Ünal,,1002,,,,,3,,,,,,,s2,\n"
        "m1,,,false,m1,,Fatma,Yılmaz,,,fatma@example.nl,0612345678,,,,,,,,,,,\n"
        "v1,,,true,v1,,Ali,Vries,van der,,,,010-4123456,,,,,,,,,,\n"
        "t1,,,true,t1,,Jan,Jansen,,,jan@example.nl,,,,,,,,,,,s1,\n"
        "t2,,,true,t2,,Piet,Pieters,,,,,,,,,,,,,,s2,\n"
    )
    roles = (
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
        "userProfileSourcedId\nr1,,,p1,primary,student,,,s1,\nr2,,,p2,primary,student,,,s2,\n"
        "r3,,,m1,primary,parent,,,s1,\nr4,,,v1,primary,guardian,,,s1,\nr5,,,t1,primary,teacher,,,s1,\n"
        "r6,,,t2,primary,teacher,,,s2,\nr7,,,t2,secondary,principal,2020-08-01,2021-07-31,s2,\n"
        "r8,,,t1,secondary,parent,,,s1,\n"
    )
    base = {
        "manifest": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.users,bulk\n"
        "file.roles,bulk\nfile.classes,bulk\nfile.enrollments,bulk\nfile.userProfiles,absent\n",
        "users": users,
        "roles": roles,
        "demographics": "sourcedId,status,dateLastModified,birthDate,sex\np1,,,2013-04-03,female\n",
    }
    return exported(**(base | changes))
