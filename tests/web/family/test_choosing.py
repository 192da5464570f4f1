import pytest
from django.urls import reverse
from lxml import html

from driegesprek import content

pytestmark = pytest.mark.django_db


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return html.fromstring(response.content), response


@pytest.mark.parametrize("level", ["vmbo", "havo_vwo"])
@pytest.mark.parametrize("language", [one.code for one in content.LANGUAGES])
def test_everybody_reads_all_four_pages_in_every_language(client, level, language):
    shown, response = page(client, f"{reverse('family:choosing')}?soort={level}&taal={language}")
    assert len(response.content) < 60_000
    links = [one.get("href") for one in shown.xpath("//main//a[@class='todo-item']")]
    assert len(links) == 5, "four pages, and the list of the other level"
    for link in links[:4]:
        one, _ = page(client, link)
        assert one.get("lang") == language
        assert one.get("dir") == content.language(language).direction
        assert one.xpath("//h1")
        assert len(one.xpath("//main//ul[@class='points']/li")) >= 2


def test_vmbo_and_havo_vwo_read_differently(client):
    texts = [
        page(client, reverse("family:choosing_page", args=[one, "choosing"]))[0].text_content()
        for one in ("vmbo", "havo_vwo")
    ]
    assert "klas 2" in texts[0]
    assert "klas 3" in texts[1]


def test_a_draft_has_the_dutch_beneath(client):
    shown, _ = page(client, reverse("family:choosing_page", args=["vmbo", "role"]) + "?taal=pl")
    assert "In elk soort werk" in " ".join(one.text_content() for one in shown.xpath("//*[@class='dutch']"))


@pytest.mark.parametrize(
    "url", ["/samen-kiezen/?soort=iets", "/samen-kiezen/mbo/role/", "/samen-kiezen/vmbo/iets/"]
)
def test_what_is_not_there_is_a_404(client, url):
    assert client.get(url).status_code == 404
