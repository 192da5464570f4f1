"""Common given and family names to invent people from; any likeness to a real person is chance."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Names that go together, the language spoken at home, and how many families of a hundred have it."""

    language: str
    share: int
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    """Each with the prefix that goes with it, if any: "de Vries"."""


def _split(text: str, separator: str | None = None) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(separator))


ORIGINS = (
    Origin(
        "nl",
        46,
        _split("Emma Sanne Lotte Fleur Noa Isa Roos Femke Maud Jasmijn Lieke Tess Anouk Evi"),
        _split("Daan Sem Bram Thijs Lars Jesse Ruben Stijn Tim Niels Gijs Max Luuk Joris"),
        _split("Marloes Ingrid Petra Esther Wendy Monique Linda Karin Saskia Miranda"),
        _split("Peter Marcel Erik Jeroen Dennis Ronald Arjan Michiel Sander Wilco"),
        _split(
            "de Vries, Bakker, Visser, Smit, Meijer, Mulder, Bos, Vos, Peters, Dekker, van Dijk, Kok, de Jong,"
            "van den Berg, van den Brink, de Wit, de Groot, van Leeuwen, van der Meer, Postma, Kuipers, Willems",
            ",",
        ),
    ),
    Origin(
        "tr",
        14,
        _split("Elif Zeynep Defne Ecrin Azra Nisa Yasemin Melike Buse Sude"),
        _split("Emir Yusuf Mert Kerem Berat Kaan Efe Baran Deniz Umut"),
        _split("Ayşe Fatma Hatice Emine Gülay Sevgi Nurten Aylin"),
        _split("Mehmet Mustafa Hasan Ali Murat Serkan Orhan Kemal"),
        _split("Yılmaz Kaya Demir Çelik Şahin Aydın Öztürk Arslan Doğan Koç"),
    ),
    Origin(
        "ar",
        11,
        _split("Salma Nour Yasmine Lina Hala Rima Sara Amira Dalia Maryam"),
        _split("Omar Adam Karim Zaid Sami Tariq Anas Bilal Hamza Rayan"),
        _split("Fatima Khadija Layla Samira Huda Nadia Mona Rana"),
        _split("Ahmed Hassan Khaled Mahmoud Youssef Samir Nabil Walid"),
        _split(
            "Haddad, Mansour, Khalil, Nasser, al Saleh, Hamdan, Qasim, Darwish, el Aziz, el Khatib, Sabbagh",
            ",",
        ),
    ),
    Origin(
        "zgh",
        10,
        _split("Samira Dounia Ikram Siham Hanane Loubna Naima Ilham"),
        _split("Mohamed Ayoub Soufiane Ilyas Anouar Nabil Reda Younes"),
        _split("Aïcha Malika Fadma Rachida Zohra Yamina Habiba"),
        _split("Abdelkader Mimoun Allal Said Hamid Driss Omar"),
        _split("el Amrani, Boutahar, Azzouzi, Bouazza, el Tahiri, el Yahyaoui, Aarab, Belkadi", ","),
    ),
    Origin(
        "pl",
        8,
        _split("Zofia Julia Maja Hanna Oliwia Alicja Natalia Amelia"),
        _split("Jakub Szymon Filip Kacper Mateusz Antoni Wojciech Igor"),
        _split("Agnieszka Katarzyna Małgorzata Joanna Monika Beata"),
        _split("Piotr Krzysztof Tomasz Paweł Marcin Grzegorz"),
        _split("Nowak Wójcik Mazur Krawczyk Zając Wieczorek Wróbel Pawlak"),
    ),
    Origin(
        "uk",
        5,
        _split("Sofiia Anastasiia Daryna Polina Kateryna Solomiia"),
        _split("Maksym Artem Dmytro Bohdan Danylo Nazar"),
        _split("Olena Iryna Tetiana Oksana Nataliia"),
        _split("Andrii Serhii Volodymyr Mykola Ihor"),
        _split("Shevchenko Bondarenko Tkachenko Kovalenko Moroz Lysenko"),
    ),
    Origin(
        "so",
        3,
        _split("Hodan Ayaan Ifrah Sagal Nasra"),
        _split("Abdi Liban Guled Zakaria Mahad"),
        _split("Amina Halima Sahra Fartun"),
        _split("Farah Abdirahman Yusuf Jamal"),
        _split("Warsame Hirsi Nur Jama Duale"),
    ),
    Origin(
        "ti",
        3,
        _split("Selam Bethlehem Feven Rahel Winta"),
        _split("Yonas Filmon Natnael Robel Samuel"),
        _split("Letebrhan Abeba Tsega Mihret"),
        _split("Tesfay Berhane Haile Kidane"),
        _split("Tekle Gebremedhin Woldu Habte Mehari"),
    ),
)
