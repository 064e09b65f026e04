"""Notes that are not English get a line that says so, and no confident answer."""

from datetime import date

import pytest

from model import Advisor
from model.batch import Options, score_chunk
from model.reading.english import is_english
from model.reading.note import read_note

TODAY = date(2026, 11, 24)

# fmt: off
FOREIGN = [
    ("German",                   "Das Gespräch war am Dienstag. Sie wollten sich bis Freitag melden, bisher nichts gehört. Soll ich anrufen?"),
    ("German, colloquial",       "hab am montag mit dem chef gesprochen, er meinte er ruft mich an, war alles super, noch keine antwort"),
    ("German with English words","Der Recruiter hat mir ein Feedback bis Friday versprochen, das Meeting mit dem HR Manager war okay."),
    ("French",                   "L'entretien s'est bien passé mardi. Ils m'ont dit qu'ils me rappelleraient avant vendredi, toujours rien."),
    ("French, short",            "Pas de nouvelles depuis une semaine."),
    ("Spanish",                  "La entrevista fue el martes. Me dijeron que me llamarían antes del viernes y todavía no sé nada."),
    ("Spanish, short",           "Me dijo que no llame a la oficina."),
    ("Italian",                  "Il colloquio è andato bene. Mi hanno detto che mi avrebbero chiamato entro venerdì, ma non ho sentito nessuno."),
    ("Dutch",                    "Het gesprek was dinsdag. Ze zeiden dat ze me voor vrijdag zouden bellen, maar ik heb nog niets gehoord."),
    ("Dutch, near to English",   "We hebben over de baan gesproken en hij was in de week daarna op vakantie, dus ik wacht tot maandag."),
    ("Portuguese",               "A entrevista foi na terça-feira. Disseram que me ligariam até sexta, mas ainda não recebi nada."),
    ("Polish",                   "Rozmowa była we wtorek. Powiedzieli, że oddzwonią do piątku, ale na razie cisza."),
    ("Swedish",                  "Intervjun var i tisdags. De sa att de skulle ringa mig senast på fredag men jag har inte hört något."),
    ("Danish",                   "Samtalen var i tirsdags. De sagde at de ville ringe til mig inden fredag, men jeg har ikke hørt noget."),
    ("Norwegian",                "Intervjuet var på tirsdag. De sa at de skulle ringe meg før fredag, men jeg har ikke hørt noe."),
    ("Finnish",                  "Haastattelu oli tiistaina. He lupasivat soittaa perjantaihin mennessä, mutta mitään ei ole kuulunut."),
    ("Turkish",                  "Görüşme salı günüydü. Cuma gününe kadar arayacaklarını söylediler ama hâlâ haber yok."),
    ("Czech",                    "Pohovor byl v úterý. Řekli, že se ozvou do pátku, ale zatím nic."),
    ("Hungarian",                "Az interjú kedden volt. Azt mondták, péntekig visszahívnak, de még semmi hír."),
    ("Romanian",                 "Interviul a fost marți. Mi-au spus că mă sună până vineri, dar încă nu am primit nimic."),
    ("Indonesian",               "Wawancara hari Selasa. Mereka bilang akan menelepon sebelum Jumat, tapi belum ada kabar."),
    ("Vietnamese",               "Buổi phỏng vấn hôm thứ Ba. Họ nói sẽ gọi cho tôi trước thứ Sáu nhưng chưa thấy gì."),
    ("Tagalog",                  "Noong Martes ang interview ko. Sabi nila tatawag sila bago mag Biyernes pero wala pa rin."),
    ("Welsh",                    "Roedd y cyfweliad ddydd Mawrth. Dywedon nhw y byddent yn ffonio erbyn dydd Gwener, dim byd eto."),
    ("Russian",                  "Собеседование было во вторник. Обещали позвонить до пятницы, но пока тишина."),
    ("Ukrainian",                "Співбесіда була у вівторок. Обіцяли зателефонувати до п'ятниці, але поки нічого."),
    ("Greek",                    "Η συνέντευξη ήταν την Τρίτη. Είπαν ότι θα με καλέσουν μέχρι την Παρασκευή, αλλά τίποτα."),
    ("Chinese",                  "星期二面试的，他们说星期五之前会打电话给我，到现在还没有消息。"),
    ("Japanese",                 "火曜日に面接がありました。金曜日までに電話をくれると言われましたが、まだ連絡がありません。"),
    ("Korean",                   "화요일에 면접을 봤습니다. 금요일까지 전화를 준다고 했는데 아직 연락이 없습니다."),
    ("Arabic",                   "كانت المقابلة يوم الثلاثاء. قالوا إنهم سيتصلون بي قبل يوم الجمعة ولم يصلني شيء."),
    ("Hebrew",                   "הראיון היה ביום שלישי. הם אמרו שיתקשרו אליי עד יום שישי ועדיין כלום."),
    ("Persian",                  "مصاحبه روز سه‌شنبه بود. گفتند تا جمعه زنگ می‌زنند ولی هنوز خبری نیست."),
    ("Hindi",                    "इंटरव्यू मंगलवार को था। उन्होंने कहा था कि शुक्रवार तक फ़ोन करेंगे, अभी तक कुछ नहीं आया।"),
    ("Thai",                     "สัมภาษณ์เมื่อวันอังคาร เขาบอกว่าจะโทรมาก่อนวันศุกร์ แต่ยังไม่มีข่าวเลย"),
    ("Swahili",                  "Mahojiano yalikuwa Jumanne. Walisema watanipigia simu kabla ya Ijumaa lakini bado kimya."),
    ("Latin filler",             "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore."),
    ("gibberish",                "asdf qwer zxcv jkl poiu mnbv lkjh gfds rtyu vbnm"),
    ("Chinese, short",           "还没有消息"),
    ("German, short",            "Noch keine Antwort."),
    ("Spanish with a date",      "Entrevista el 3/11. Nada hasta hoy, 24/11."),
    ("Malay",                    "Temu duga hari Selasa. Mereka kata akan telefon sebelum Jumaat, belum ada berita lagi."),
    ("Dutch, short",             "Nog niets gehoord van ze."),
    ("Bengali",                  "মঙ্গলবার সাক্ষাৎকার ছিল। শুক্রবারের মধ্যে ফোন করবে বলেছিল, এখনও কিছু আসেনি।"),
]

ENGLISH = [
    "",
    "?! ... 3/11",
    "they said friday, nothing yet",
    "rejected",
    "no offer",
    "HR rang",
    "missed call from HR",
    "1st intvw 3/4, told 7-10 bus days, nada",
    "intvw Tue; no resp; f/u email Fri; still no resp",
    "Interview at Café Zürich with Señor Muñoz went well, he said he'd ring by Friday.",
    "spoke w/ mgr @ Costco, drug test pending",
    "rite so he goes ill txt u tmrw bout sat shift n that was like 3 hrs ago lol",
    "Met Priya Raghunathan and Oleksandr Kovalenko at Volkswagen on Tuesday.",
    "The boss said \"vielen Dank, auf Wiederhören\" and that he would call on Monday.",
]
# fmt: on


@pytest.mark.parametrize(("language", "notes"), FOREIGN, ids=[name for name, _ in FOREIGN])
def test_other_languages_get_a_line_and_no_confident_answer(
    advisor: Advisor, language: str, notes: str
) -> None:
    advice = advisor.advise(notes, as_of=TODAY)
    assert (advice.is_english, advice.confident, advice.call_from) == (False, False, None)
    assert advice.next_step.startswith("This tool reads English")
    assert (advice.channel, advice.message) == ("none", "")


def test_other_languages_are_not_confident_in_a_table(advisor: Advisor) -> None:
    rows = [{"notes": notes} for _, notes in FOREIGN]
    scored = score_chunk(rows, Options(as_of=TODAY, today=TODAY), advisor)
    assert {(row["confident"], row["call_from"], row["error"]) for row in scored} == {
        ("false", "", "")
    }


@pytest.mark.parametrize("notes", ENGLISH)
def test_short_and_odd_english_is_english(advisor: Advisor, notes: str) -> None:
    assert advisor.advise(notes, as_of=TODAY).is_english


def test_all_scenarios_but_the_one_half_in_malay_are_english(
    advisor: Advisor, scenario_rows: list[dict[str, str]]
) -> None:
    known = advisor.classifier.vectorizer.own_
    notes = [row["notes"] for row in scenario_rows]
    foreign = [each for each in notes if not is_english(read_note(each), known)]
    assert [each[:14] for each in foreign] == ["Teman Hot Papa"]


# fmt: off
SHARES = [
    # notes                                          is English where only "yes" is known
    ("",                                             True),
    ("yes",                                          True),
    ("no",                                           False),
    ("yes yes no",                                   True),
    ("yes no",                                       False),
    ("yes yes yes yes yes yes no no no no",          True),   # 6 of 10
    ("yes yes yes yes yes no no no no no",           False),  # 5 of 10
    ("yes by Friday 3 November, 10:30! (24/11) ?",   True),   # times, numbers, signs are no words
]
# fmt: on


@pytest.mark.parametrize(("notes", "expected"), SHARES)
def test_is_english(notes: str, expected: bool) -> None:
    assert is_english(read_note(notes), {"yes"}) is expected
