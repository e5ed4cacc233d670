"""What invented offices report: regions, goals, deeds, indicators, projects and the prose between them.

Prose is full of what is no fact of ours: cross-references, addresses, enumerations within a sentence, small decimals.
"""

from __future__ import annotations

from tests.habits.model import State

REGIONS = {
    "Kymenlaakson": "Kymenlaakso",
    "Pohjois-Karjalan": "Pohjois-Karjala",
    "Etelä-Karjalan": "Etelä-Karjala",
    "Kanta-Hämeen": "Kanta-Häme",
    "Keski-Pohjanmaan": "Keski-Pohjanmaa",
    "Etelä-Pohjanmaan": "Etelä-Pohjanmaa",
    "Varsinais-Suomen": "Varsinais-Suomi",
    "Kainuun": "Kainuu",
    "Satakunnan": "Satakunta",
    "Pirkanmaan": "Pirkanmaa",
}

PROJECT_NAMES = (
    "{region} tulevaisuuden sote-keskus -hanke",
    "{region} sote-keskushanke",
    "{region} Lähellä ja ajoissa -hanke",
)

GOALS: dict[int, tuple[tuple[str, str], ...]] = {
    1: (
        ("Kiireettömään hoitoon pääsee viikossa yhteydenotosta", "Hoitoon pääsy"),
        ("Puheluun vastataan saman päivän aikana jokaisella asemalla", "Puhelinpalvelu"),
        ("Etävastaanotto on tarjolla kaikissa alueen kunnissa", "Etävastaanotot"),
        ("Suun terveydenhuollon jono on purettu", "Suun terveydenhuolto"),
        ("Asiakkaalla on nimetty omahoitaja tai omatyöntekijä", "Hoidon jatkuvuus"),
        ("Sosiaalipalveluihin saa yhteyden ilman ajanvarausta", "Sosiaalineuvonta"),
    ),
    2: (
        ("Perheet saavat tukea varhain ja ilman lähetettä", "Varhainen tuki"),
        ("Elintapaohjaus tavoittaa työikäiset ennen sairastumista", "Elintapaohjaus"),
        ("Ikääntyneiden kaatumisriski arvioidaan vuosittain", "Kaatumisten ehkäisy"),
        ("Nuoret saavat keskusteluapua koulupäivän aikana", "Nuorten tuki"),
        ("Omaishoitajien jaksaminen arvioidaan säännöllisesti", "Omaishoito"),
    ),
    3: (
        ("Laatua seurataan kaikissa yksiköissä samoilla mittareilla", "Laadun seuranta"),
        ("Näyttöön perustuvat menetelmät ovat käytössä perustasolla", "Menetelmät"),
        ("Asiakaspalaute kerätään jatkuvasti ja hyödynnetään johtamisessa", "Asiakaspalaute"),
        ("Lääkityksen kokonaisarvio tehdään kaikille monilääkityille", "Lääkehoito"),
    ),
    4: (
        ("Paljon palveluja tarvitsevalla on yksi yhteinen suunnitelma", "Yhteinen suunnitelma"),
        ("Järjestöt ovat osa asiakkaan palvelupolkua", "Järjestöyhteistyö"),
        ("Sosiaaliohjaaja kuuluu jokaiseen vastaanottotiimiin", "Tiimimalli"),
        ("Erikoislääkäriltä saa neuvon kesken vastaanoton", "Konsultaatiot"),
    ),
    5: (
        ("Päällekkäiset järjestelmät on karsittu", "Järjestelmät"),
        ("Ostopalvelujen käyttö vähenee", "Ostopalvelut"),
        ("Peruuttamattomat käynnit vähenevät muistutusviestien avulla", "Hukkakäynnit"),
    ),
}

OUTCOMES: dict[int, tuple[str, ...]] = {
    1: ("asukas saa avun samoin perustein asuinkunnastaan riippumatta", "hoitosuhde säilyy, vaikka palvelu vaihtuu"),
    2: ("raskaiden palvelujen tarve vähenee", "perheiden pulmiin tartutaan ennen kuin ne kasautuvat"),
    3: ("hoito perustuu tutkittuun tietoon", "asiakkaat suosittelevat palvelua muillekin"),
    4: ("asiakkaan asiat hoituvat yhdellä yhteydenotolla", "ammattilaiset tuntevat toistensa työn"),
    5: ("menot kasvavat hitaammin kuin maassa keskimäärin", "turhat käynnit vähenevät"),
}

# A thing in the nominative, genitive, partitive and elative.
THINGS = (
    ("takaisinsoitto", "takaisinsoiton", "takaisinsoittoa", "takaisinsoitosta"),
    ("chat-palvelu", "chat-palvelun", "chat-palvelua", "chat-palvelusta"),
    ("sähköinen ajanvaraus", "sähköisen ajanvarauksen", "sähköistä ajanvarausta", "sähköisestä ajanvarauksesta"),
    ("tiimimalli", "tiimimallin", "tiimimallia", "tiimimallista"),
    ("omahoitajamalli", "omahoitajamallin", "omahoitajamallia", "omahoitajamallista"),
    ("palvelutarjotin", "palvelutarjottimen", "palvelutarjotinta", "palvelutarjottimesta"),
    ("perhekeskuksen toimintamalli", "perhekeskuksen toimintamallin", "perhekeskuksen toimintamallia", "mallista"),
    ("kotikuntoutuksen malli", "kotikuntoutuksen mallin", "kotikuntoutuksen mallia", "kotikuntoutuksen mallista"),
    ("iltavastaanotto", "iltavastaanoton", "iltavastaanottoa", "iltavastaanotosta"),
    ("yhteinen asiakassuunnitelma", "yhteisen asiakassuunnitelman", "yhteistä asiakassuunnitelmaa", "suunnitelmasta"),
    ("laatumittaristo", "laatumittariston", "laatumittaristoa", "laatumittaristosta"),
    ("lääkehoidon tarkistuslista", "lääkehoidon tarkistuslistan", "lääkehoidon tarkistuslistaa", "tarkistuslistasta"),
    ("oirearvio", "oirearvion", "oirearviota", "oirearviosta"),
    ("liikkuva näytteenotto", "liikkuvan näytteenoton", "liikkuvaa näytteenottoa", "liikkuvasta näytteenotosta"),
    ("kohtaamispaikka", "kohtaamispaikan", "kohtaamispaikkaa", "kohtaamispaikasta"),
    ("terapianavigaattori", "terapianavigaattorin", "terapianavigaattoria", "terapianavigaattorista"),
    ("konsultaatiokäytäntö", "konsultaatiokäytännön", "konsultaatiokäytäntöä", "konsultaatiokäytännöstä"),
    ("muistutusviesti", "muistutusviestin", "muistutusviestiä", "muistutusviestistä"),
    ("palautelaite", "palautelaitteen", "palautelaitetta", "palautelaitteesta"),
    ("etävastaanotto", "etävastaanoton", "etävastaanottoa", "etävastaanotosta"),
)

NOUNS = (
    "{gen} käyttöönotto",
    "{gen} suunnittelu yhdessä kuntien kanssa",
    "{gen} levittäminen pohjoisiin kuntiin",
    "{gen} ohjeen laatiminen",
    "{gen} kilpailutus",
    "Henkilöstön perehdyttäminen: {nom}",
)

SENTENCES: dict[State, tuple[str, ...]] = {
    "done": (
        "{gen} käyttöönotto saatiin päätökseen {past}.",
        "{nom} on otettu käyttöön kaikilla terveysasemilla.",
        "{gen} ohje on laadittu ja hyväksytty johtoryhmässä.",
    ),
    "in_progress": (
        "{part} kokeillaan parhaillaan kahdella asemalla.",
        "{gen} ohjeen valmistelu on kesken.",
        "{part} viedään käyttöön kunta kerrallaan, ja työ jatkuu edelleen.",
    ),
    "not_started": (
        "{gen} suunnittelu aloitetaan {later}.",
        "{gen} kokeilua ei ole vielä aloitettu.",
        "{nom} otetaan käyttöön vasta {later}.",
    ),
    "not_pursued": (
        "{ela} on luovuttu rahoituksen puuttuessa.",
        "{part} ei toteuteta tässä hankkeessa.",
        "{gen} kilpailutus päätettiin jättää tekemättä.",
    ),
}

# Name, unit, value at the start, change by round, where the data come from.
INDICATORS: tuple[tuple[str, str, float, float, str], ...] = (
    ("Viikossa hoitoon päässeet", " %", 48, 7, "Ajanvaraustiedot"),
    ("Takaisinsoiton viive", " min", 42, -6, "Puhelinjärjestelmä"),
    ("Päivystyskäynnit tuhatta asukasta kohti", " kpl", 312, -11, "THL, Sotkanet"),
    ("Etäasioinnin osuus käynneistä", " %", 3.5, 2.1, "Asiakastietojärjestelmä"),
    ("Omahoitajan saaneet", " hlö", 120, 96, "Hoitosuunnitelmat"),
    ("Lastensuojeluilmoitukset", " kpl", 1310, -45, "Kuntien tilastot"),
    ("Asiakastyytyväisyys (1–5)", "", 3.4, 0.2, "Asiakaskysely"),
    ("Suositteluindeksi (NPS)", "", 31, 6, "Tekstiviestikysely"),
    ("Odotusaika lyhytterapiaan", " vrk", 74, -8, "Jonotilasto"),
    ("Henkilöstön vaihtuvuus", " %", 12.5, -0.8, "Henkilöstöraportti"),
    ("Nettomenot asukasta kohden", " euroa", 4125, 38, "Tilinpäätös"),
    ("Peruuttamattomat käynnit", " %", 7.1, -0.9, "Ajanvaraustiedot"),
    ("Yhteiset asiakassuunnitelmat", " kpl", 18, 34, "Asiakastietojärjestelmä"),
    ("Koulutetut ammattilaiset", " hlö", 0, 27, "Koulutusrekisteri"),
)
LATER_WORDS = ("Kysely toteutetaan keväällä", "Ei vielä saatavilla", "Raportoidaan seuraavalla kerralla", "Ei mitattu")

START = (
    "Alueella asuu noin 88 000 ihmistä, joista 27,4 prosenttia on täyttänyt 65 vuotta. Väestö vähenee reunakunnissa.",
    "Ennen hanketta kiireettömään hoitoon pääsi viikossa vajaa puolet asiakkaista. Puheluista 22 % jäi vastaamatta.",
    "Lähtötilanteen tiedot kerättiin 1.9.2020–31.1.2021 kyselyllä, johon vastasi 1 204 asukasta.",
    "Palvelut olivat hajallaan: ajan sai puhelimella, verkosta ja luukulta, eikä tieto kulkenut yksiköstä toiseen.",
)
PROGRESS = (
    "Työ on edennyt pääosin suunnitelman mukaan. Tarkempi kuvaus on liitteessä 2.",
    "Kunkin tavoitteen toimenpiteet kuvataan taulukon jälkeen. Vastuuhenkilöt on lueteltu kohdassa 1.2.",
    "Eteneminen on ollut tasaista, mutta rekrytoinnit ovat viivästyttäneet kolmen kunnan käyttöönottoja.",
    "Arvio perustuu projektipäälliköiden haastatteluihin ja versioon 2.1 hankesuunnitelmasta.",
)
FOLLOW_UP = (
    "Muutos näkyy jo luvuissa, vaikka kesäkausi sotkee vertailua.",
    "Luvut on poimittu järjestelmistä raportointikuukauden viimeisenä päivänä.",
    "Osa mittareista päivittyy vain kerran vuodessa.",
)
INTRODUCTION = (
    "Raporttiin on koottu, miten hanke on edennyt. Sitä täydennetään puolivuosittain, ja se julkaistaan Innokylässä.",
    "Hanke alkoi syksyllä 2020, ja siinä ovat mukana 1) alueen kunnat, 2) sairaanhoitopiiri ja 3) neljä järjestöä.",
    "Ohjausryhmä käsitteli raportin kokouksessaan ja teki siihen kolme täsmennystä. Lisätietoja saa hanketoimistosta.",
)
METHOD = (
    "Arvion ovat tehneet työpakettien vastuuhenkilöt. Henkilöstökyselyyn vastasi 212 työntekijää eli 43 % kutsutuista.",
    "Aineistona ovat asiakastietojärjestelmän raportit, kyselyt ja työpajojen muistiot (ks. kohta 3.1).",
)
SUMMARY = (
    "Eniten edistyttiin siellä, missä vastuu oli yhdellä henkilöllä. Seuraava raportti tehdään puolen vuoden kuluttua.",
    "Hanke on aikataulussa, ja rahoituksesta on käytetty runsaat 45 prosenttia. Painopisteistä päättää ohjausryhmä.",
)
ROUND_PROSE = (
    "Takaisinsoitto otettiin käyttöön kolmella asemalla, ja vastausaika lyheni keskimäärin kahteen tuntiin.",
    "Kohtaamispaikkoja on nyt 17 kunnassa. Kävijöitä on ollut enemmän kuin odotettiin, yhteensä 1 840.",
    "Koulutuksiin osallistui 96 ammattilaista. Palaute oli hyvää, ja arvosanojen keskiarvo oli 4,4/5.",
    "Yhteinen suunnitelma on tehty 131 asiakkaalle, joista alle 7 % jäi ilman päivitystä.",
    "Vaikutuksista menoihin on vielä niukasti näyttöä. Tarkempi laskelma valmistuu tilinpäätöksen jälkeen.",
)
OWN_THEMES = ("Digipalvelut", "Henkilöstö ja osaaminen", "Viestintä", "Tietojohtaminen")
PARTS = {
    "outcomes": ("Hankkeen hyötytavoitteet", "Omat tulostavoitteet", "Mitä hyötyä tavoitellaan", "Mihin pyrimme"),
    "start": ("Lähtötilanne", "Mistä lähdettiin liikkeelle", "Lähtökohdat", "Tilanne hankkeen alkaessa"),
    "progress": (
        "Prosessitavoitteiden eteneminen",
        "Kehittämistyön eteneminen",
        "Mitä on tehty",
        "Tavoitteiden tilanne",
    ),
    "indicators": ("Mittarit", "Hyötyjen seuranta", "Miten hyödyt näkyvät", "Seurannan tulokset"),
    "introduction": ("Johdanto", "Raportin tarkoitus", "Hanke lyhyesti", "Lukijalle"),
    "method": ("Arvioinnin toteutus", "Tiedonkeruu", "Näin arvioimme", "Aineisto ja menetelmät"),
    "summary": ("Yhteenveto", "Johtopäätökset", "Lopuksi", "Kokoava arvio"),
}

ORIGINALS = (
    "Hoidon tarpeen arvion saa yhdellä soitolla.",
    "Sähköisen asioinnin osuus nousee kolmannekseen.",
    "Perheet löytävät tuen yhdestä paikasta.",
    "Kirjaaminen on yhtenäistä kaikissa yksiköissä.",
    "Omaiset saavat vertaistukea kotikunnassaan.",
)
BECAME = ("Siirretty rakennehankkeeseen", "Ei enää tavoitteena", "Toteutuu osana muuta kehittämistä")

# Area, project, goal, indicators, source, results in spring and autumn.
PROJECTS: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    (
        "Lapset, nuoret ja perheet",
        "Perhekeskusverkosto",
        "Perhe saa tarvitsemansa avun läheltä kotia, ja yhteydenotto onnistuu ilman lähetettä.",
        "Ilman lähetettä tulleiden yhteydenottojen määrä",
        "Asiakastietojärjestelmä",
        "Palvelut on kuvattu kuudessa kunnassa. Tilojen puute viivästytti alkua.",
        "Kohtaamispaikkoja on 14, ja yhteydenotoista 58 % tuli ilman lähetettä.",
    ),
    (
        "Lapset, nuoret ja perheet",
        "Nuorten vastaanotto",
        "Nuori saa ajan vastaanotolle ilman ajanvarausta viimeistään kahdessa viikossa.",
        "Käynnit kuukaudessa ja nuorten antama palaute",
        "Käyntitilasto ja palautekysely",
        "Vastaanotto avattiin maaliskuussa.",
        "Käyntejä on ollut 312. Palautteen keskiarvo on 9,1.",
    ),
    (
        "Mielenterveys- ja päihdepalvelut",
        "Terapiat etulinjaan",
        "Lieviin häiriöihin saa hoitoa perustasolta viivytyksettä.",
        "Odotusaika arviosta ensimmäiseen käyntiin",
        "Ajanvarausjärjestelmä",
        "Koulutukset on kilpailutettu ja koordinaattorit valittu.",
        "Odotusaika on lyhentynyt 48 vuorokaudesta 31 vuorokauteen.",
    ),
    (
        "Ikääntyneiden palvelut",
        "Kotikuntoutus",
        "Kuntoutus alkaa kotona kolmen vuorokauden sisällä sairaalasta pääsystä.",
        "Kotiutumisesta ensimmäiseen käyntiin kulunut aika",
        "Kotiutustiimin seurantataulukko",
        "Tiimi on nimetty ja sen työnkuva kirjoitettu.",
        "Keskimääräinen aika on 3,9 vuorokautta. Arkisin kotiutettiin 91 % asiakkaista.",
    ),
    (
        "Ikääntyneiden palvelut",
        "Ikäneuvola",
        "Toimintakyvyn heikkeneminen tunnistetaan ajoissa.",
        "75 vuotta täyttäville tehdyt tapaamiset",
        "Terveystapaamislomake",
        "Kutsukirje on laadittu.",
        "Kutsuja lähetettiin 640, ja ajan varasi 52 prosenttia.",
    ),
    (
        "Yhteiset palvelut",
        "Yhden numeron neuvonta",
        "Asukas tavoittaa sosiaali- ja terveyspalvelut samasta numerosta.",
        "Vastattujen puhelujen osuus",
        "Puhelinvaihteen raportit",
        "Numero on varattu ja neuvontatiimiä kootaan.",
        "Puheluista vastattiin yli 94 %:iin.",
    ),
    (
        "Yhteiset palvelut",
        "Yhteisasiakasmalli",
        "Paljon palveluja tarvitsevalla on yksi suunnitelma ja nimetty vastuutyöntekijä.",
        "Yhteiset suunnitelmat ja niiden osuus tunnistetuista",
        "Lifecare",
        "Kriteerit on määritelty.",
        "Suunnitelmia on tehty 57, ja vastuutyöntekijät nimetään tammikuussa.",
    ),
    (
        "Työikäisten palvelut",
        "Työkykyvalmennus",
        "Työkyvyn heikkeneminen huomataan vastaanotolla ajoissa.",
        "Valmennukseen ohjatut asiakkaat",
        "Valmentajien lomake",
        "Rekrytointi on kesken.",
        "Ohjattuja asiakkaita on 44, ja työhön on palannut noin viidesosa.",
    ),
)

CONTACTS = (
    ("Maarit Kettunen", "{region} hyvinvointialue", "maarit.kettunen@hva-esimerkki.example"),
    ("Jukka Rantanen", "{region} sosiaali- ja terveyskuntayhtymä", "jukka.rantanen@soteyhtyma.example"),
    ("Anna-Liisa Hakala", "{region} hyvinvointialue", "anna-liisa.hakala@hva.example"),
)
FUNDERS = ("Sosiaali- ja terveysministeriö", "STM, valtionavustus")
OBJECTIVES = (
    "hoitoon pääsee seitsemässä päivässä",
    "jokaisella pitkäaikaissairaalla on nimetty omahoitaja",
    "etäasioinnin osuus kasvaa vähintään 30 prosenttiin",
    "perheiden pulmiin tartutaan varhain",
    "ammattilaiset konsultoivat toisiaan yli toimialarajojen",
)
