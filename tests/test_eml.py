"""Mails as programs send them: which words count, in whatever encoding; attachments by name; what is unread is told."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from pipeline.read import members as holding
from pipeline.read import read
from pipeline.read.mail import unflowed
from pipeline.read.members import member, members
from pipeline.rejects import Reject

HEAD = "From: Maija <maija@example.org>\r\nTo: Matti <matti@example.org>\r\nSubject: {}\r\nMIME-Version: 1.0\r\n"


def raw(body: bytes, headers: str = "", subject: str = "Väliraportti") -> bytes:
    from email.header import Header

    return (HEAD.format(Header(subject, "utf-8").encode()) + headers + "\r\n").encode() + body


def mail(text: str | None = "Hei, liitteenä raportti.", subject: str = "Raportti") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "maija@example.org", subject
    if text is not None:
        message.set_content(text)
    return message


def attach(
    message: EmailMessage, data: bytes, name: str | None, kind: str = "application/octet-stream"
) -> EmailMessage:
    main, _, sub = kind.partition("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n", "Jono lyheni – 12 %, äö"),
        ("Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n", "Jono: äö"),
        ("Content-Type: text/plain; charset=tuntematon\r\n", "Jono: äö"),
        ("", "Jono: äö"),
    ],
)
def test_words_in_their_encoding(headers: str, body: str) -> None:
    encoding = "iso-8859-1" if "8859" in headers else "utf-8"
    assert read(raw(body.encode(encoding), headers), "viesti.eml").text == f"Väliraportti\n\n{body}"


def test_words_packed_for_the_way() -> None:
    printable = b"Hoitoon p=E4=E4si viikossa, v=\r\nalmis."
    headers = "Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    assert read(raw(printable, headers), "v.eml").text.endswith("\n\nHoitoon pääsi viikossa, valmis.")
    packed = b"SG9pdG9vbiBww6TDpHNp"
    headers = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
    assert read(raw(packed, headers), "v.eml").text.endswith("\n\nHoitoon pääsi")


def test_flowed_lines_are_the_paragraphs_that_they_were() -> None:
    assert unflowed("Hoitoon pääsi \nviikossa.\nToinen \n kappale.\n> lainaus \n> jatkuu\n-- \nMaija") == (
        "Hoitoon pääsi viikossa.\nToinen kappale.\n> lainaus jatkuu\n--\nMaija"
    )
    assert unflowed("sosiaali- \nja terveys \npalvelut", drops_space=True) == "sosiaali-ja terveyspalvelut"
    headers = "Content-Type: text/plain; charset=utf-8; format=flowed\r\n"
    assert read(raw(b"Jono \r\nlyheni.", headers), "v.eml").text.endswith("\n\nJono lyheni.")


def test_one_of_two_wordings_is_read() -> None:
    message = mail("Teksti ilman taulukkoa")
    message.add_alternative("<table><tr><td>Jono</td><td>12 %</td></tr></table>", subtype="html")
    document = read(message.as_bytes(policy=SMTP), "v.eml")
    assert document.text == "Raportti\n\tJono\n\t12 %\n\n"
    assert members(message.as_bytes(), "v.eml") == ()
    empty = mail("Teksti jää")
    empty.add_alternative("<div></div>", subtype="html")
    assert read(empty.as_bytes(), "v.eml").text == "Raportti\n\nTeksti jää"


def test_a_page_alone_and_its_pictures() -> None:
    message = mail(None)
    message.set_content("<p>Jono <b>lyheni</b></p><img src='cid:x'>", subtype="html")
    message.add_related(b"x", "image", "png", cid="<x>")
    document = read(message.as_bytes(), "v.eml")
    assert (document.text, document.warnings) == ("Raportti\nJono lyheni", ("pictures: 1",))


def test_attachments_of_known_formats_are_files_of_their_own() -> None:
    message = attach(mail(), b"Hanke eteni.", "liite.txt")
    attach(message, b"toinen", "liite.txt")
    attach(message, b"kolmas", "../../../tmp/Päivä\x1b kirja.TXT")
    attach(message, b"%PDF", "raportti 11.2021", "application/pdf")
    attach(message, b"x", None, "application/ms-tnef")
    attach(message, b"x", "winmail.dat", "application/ms-tnef")
    data = message.as_bytes()
    assert [one.path for one in members(data, "v.eml")] == [
        *("liite.txt", "liite (2).txt", "tmp/Päivä_ kirja.TXT", "raportti 11.2021.pdf"),
    ]
    assert [member(data, "v.eml", name) for name in ("liite.txt", "liite (2).txt")] == [b"Hanke eteni.", b"toinen"]
    told = read(data, "v.eml").warnings
    assert told == ("unread_attachment: unnamed.dat", "unread_attachment: winmail.dat")


def test_a_mail_in_a_mail_is_a_document_with_its_own_attachments() -> None:
    inner = attach(mail("Alkuperäinen viesti", "Tulokset 5/2021"), b"Hanke eteni.", "liite.txt")
    outer = mail("Välitän tämän.")
    outer.add_attachment(inner)
    data = outer.as_bytes()
    assert [one.path for one in members(data, "v.eml")] == [
        *("Tulokset 5_2021.eml", "Tulokset 5_2021.eml/liite.txt"),
    ]
    found = member(data, "v.eml", "Tulokset 5_2021.eml")
    assert read(found, "Tulokset.eml").text == "Tulokset 5/2021\n\nAlkuperäinen viesti"
    assert member(data, "v.eml", "Tulokset 5_2021.eml/liite.txt") == b"Hanke eteni."


def test_mails_within_mails_are_opened_to_a_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    message = attach(mail("syvin"), b"x", "liite.txt")
    for _ in range(4):
        outer = mail("kuori")
        outer.add_attachment(message)
        message = outer
    found = members(message.as_bytes(), "v.eml")
    assert [(one.path, one.reject.code if one.reject else None) for one in found] == [
        ("Raportti.eml", None),
        ("Raportti.eml/Raportti.eml", None),
        ("Raportti.eml/Raportti.eml/Raportti.eml", "nested"),
    ]
    monkeypatch.setattr(holding, "MAX_MEMBERS", 1)
    with pytest.raises(Reject) as caught:
        members(message.as_bytes(), "v.eml")
    assert caught.value.code == "too_large"


def test_the_mail_goes_on_behind_an_attachment() -> None:
    body = (
        "--x\r\nContent-Type: text/plain\r\n\r\nAlku\r\n--x\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\nPDF\r\n"
        "--x\r\nContent-Type: text/plain\r\n\r\nLoppu\r\n--x--\r\n"
    )
    data = raw(body.encode(), "Content-Type: multipart/mixed; boundary=x\r\n", "A")
    assert read(data, "v.eml").text == "A\n\nAlku\n\nLoppu" or read(data, "v.eml").text == "A\n\nAlku\nLoppu"
    assert [one.path for one in members(data, "v.eml")] == ["a.pdf"]


def test_a_mail_without_words_is_its_subject() -> None:
    assert read(attach(mail(None), b"x", "a.pdf").as_bytes(), "v.eml").text == "Raportti"
    with pytest.raises(Reject) as caught:
        read(mail(None, "").as_bytes(), "v.eml")
    assert caught.value.code == "empty"


@pytest.mark.parametrize("data", [b"Hei, tama on tekstia.", b"PK\x03\x04", b"\x00" * 100])
def test_what_is_no_mail_is_refused(data: bytes) -> None:
    with pytest.raises(Reject) as caught:
        read(data, "v.eml")
    assert caught.value.code == "wrong_format" and ";" in caught.value.message


def test_a_mail_cut_off_or_of_odd_headers_is_read_as_far_as_it_goes() -> None:
    data = attach(mail(), b"Hanke eteni." * 100, "liite.txt").as_bytes()
    for length in range(40, len(data), 211):
        try:
            assert read(data[:length], "v.eml").text
            members(data[:length], "v.eml")
        except Reject as reject:
            assert reject.code in ("broken_eml", "empty")
    odd = "Content-Type: multipart/mixed\r\nContent-Disposition: =?x?\r\n"
    assert "Hei" in read(raw(b"Hei", odd), "v.eml").text


def test_parts_within_parts_without_end_are_refused_or_read() -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(3000))
    try:
        read(raw(b"", deep), "v.eml")
    except Reject as reject:
        assert reject.code in ("broken_eml", "too_large", "empty")
