"""The names of the months in the languages of the news, whole, bent and shortened."""

from __future__ import annotations

from functools import cache

_GREGORIAN = (
    "jan january januar janeiro janv janvier januari ene enero gen gennaio oca ocak январь января"
    " янв sty styczeń stycznia leden ledna január januára jaanuar tammikuu tammikuuta tammi"
    " ianuarie ian janvāris janvārī sausis sausio siječanj siječnja januarja січень січня січ"
    " януари ιανουάριος ιανουαρίου ιαν gener يناير جانفي ژانویه ינואר जनवरी জানুয়ারি มกราคม ม.ค"
    " jänner студзеня",
    "feb february februar fevereiro fev février févr fevrier februari febrero febbraio şub şubat"
    " февраль февраля фев февр lut luty lutego únor února február februára veebruar helmikuu"
    " helmikuuta helmi februarie februāris februārī vasaris vasario veljača veljače februarja"
    " лютий лютого лют февруари φεβρουάριος φεβρουαρίου φεβ febrer فبراير فيفري شباط فوریه פברואר"
    " फरवरी फ़रवरी ফেব্রুয়ারি กุมภาพันธ์ ก.พ feber",
    "mar march märz mrz maerz março marco mars maart marzo mart март марта marzec marca březen"
    " března marec märts maaliskuu maaliskuuta maalis martie marts martā kovas kovo ožujak ožujka"
    " березень березня бер μάρτιος μαρτίου μαρ març مارس آذار מרץ मार्च মার্চ มีนาคม มี.ค mac márc"
    " március",
    "apr april avril avr abril abr aprile nis nisan апрель апреля апр kwi kwiecień kwietnia duben"
    " dubna apríl apríla aprill huhtikuu huhtikuuta huhti aprilie aprīlis aprīlī balandis"
    " balandžio travanj travnja aprila квітень квітня квіт април απρίλιος απριλίου απρ أبريل ابريل"
    " نيسان آوریل אפריל अप्रैल এপ্রিল เมษายน เม.ย ápr április",
    "may mai maio mei mayo maggio mag mayıs май мая maj maja květen května máj mája toukokuu"
    " toukokuuta touko maijs maijā gegužė gegužės svibanj svibnja травень травня трав μάιος μαΐου"
    " μάι maig مايو ماي أيار مه מאי मई মে พฤษภาคม พ.ค május",
    "jun june juni junho juin junio giugno giu haz haziran июнь июня июн cze czerwiec czerwca"
    " červen června jún júna juuni kesäkuu kesäkuuta kesä iunie jūnijs jūnijā birželis birželio"
    " lipanj lipnja junija червень червня черв юни ιούνιος ιουνίου ιουν juny يونيو جوان حزيران"
    " ژوئن יוני जून জুন มิถุนายน มิ.ย június",
    "jul july juli julho juillet juil julio luglio lug tem temmuz июль июля июл lip lipiec lipca"
    " červenec července júl júla juuli heinäkuu heinäkuuta heinä iulie jūlijs jūlijā liepa liepos"
    " srpanj srpnja julija липень липня лип юли ιούλιος ιουλίου ιουλ juliol يوليو جويلية تموز"
    " ژوئیه ژوئيه יולי जुलाई জুলাই กรกฎาคม ก.ค július",
    "aug august agosto ago août aout augustus ağu ağustos август августа авг sie sierpień"
    " sierpnia srpen srpna augusta elokuu elokuuta elo augusts augustā rugpjūtis rugpjūčio kolovoz"
    " kolovoza avgusta avgust серпень серпня серп αύγουστος αυγούστου αυγ agost أغسطس اغسطس أوت آب"
    " اوت אוגוסט अगस्त আগস্ট สิงหาคม ส.ค augusztus ogos agustus",
    "sep sept september setembro set septembre septiembre settembre eyl eylül сентябрь сентября"
    " сен сент wrz wrzesień września září septembra syyskuu syyskuuta syys septembrie septembris"
    " septembrī rugsėjis rugsėjo rujan rujna вересень вересня вер септември σεπτέμβριος"
    " σεπτεμβρίου σεπ setembre سبتمبر أيلول سپتامبر ספטמבר सितंबर सितम्बर সেপ্টেম্বর กันยายน ก.ย"
    " szept szeptember",
    "oct okt oktober october outubro out octobre octubre ottobre ott eki ekim октябрь октября окт"
    " paź październik października říjen října október októbra oktoober lokakuu lokakuuta loka"
    " octombrie oktobris oktobrī spalis spalio oktobra жовтень жовтня жовт октомври οκτώβριος"
    " οκτωβρίου οκτ أكتوبر اكتوبر اکتبر אוקטובר अक्टूबर अक्तूबर অক্টোবর ตุลาคม ต.ค oktobar",
    "nov november novembro novembre noviembre kas kasım ноябрь ноября ноя нояб lis listopad"
    " listopada novembra marraskuu marraskuuta marras noiembrie novembris novembrī lapkritis"
    " lapkričio studeni studenoga листопад листопада лист ноември νοέμβριος νοεμβρίου νοε نوفمبر"
    " نوامبر נובמבר नवंबर नवम्बर নভেম্বর พฤศจิกายน พ.ย listopadu",
    "dec dez dezember december dezembro décembre déc decembre dic diciembre dicembre ara aralık"
    " декабрь декабря дек gru grudzień grudnia prosinec prosince decembra detsember joulukuu"
    " joulukuuta joulu decembrie decembris decembrī gruodis gruodžio prosinac prosinca грудень"
    " грудня груд декември δεκέμβριος δεκεμβρίου δεκ desembre desember ديسمبر دسامبر דצמבר दिसंबर"
    " दिसम्बर ডিসেম্বর ธันวาคม ธ.ค disember",
)
_TWO_WORDS = {"كانون الثاني": 1, "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12}
"""Months of the Levant, which take two words."""

_SOLAR = (
    "فروردین حمل", "اردیبهشت ثور", "خرداد جوزا", "تیر سرطان", "مرداد اسد", "شهریور سنبله",
    "مهر میزان", "آبان عقرب", "آذر قوس", "دی جدی", "بهمن دلو", "اسفند حوت",
)  # fmt: skip
"""Of the Solar Hijri calendar, in Iran and in Afghanistan."""


def number(word: str, lang: str = "") -> int:
    """1 to 12 for the name of a Gregorian month, else 0.

    `lang` matters for one name: `listopad` is October to Croats, November to Poles and Czechs.
    """
    if lang[:2].lower() == "hr" and word.lower().startswith("listopad"):
        return 10
    return _numbers().get(_bare(word), 0)


def solar_number(word: str) -> int:
    """1 to 12 for the name of a month of the Solar Hijri calendar, else 0."""
    return _solar_numbers().get(word, 0)


def _bare(word: str) -> str:
    """A name without full stop, Catalan article or Hebrew preposition."""
    word = word.lower().strip(".").removeprefix("d'").removeprefix("d’")
    return word[1:] if word[:1] == "ב" else word


@cache
def _numbers() -> dict[str, int]:
    named = {name: n for n, names in enumerate(_GREGORIAN, start=1) for name in names.split()}
    return named | _TWO_WORDS


@cache
def _solar_numbers() -> dict[str, int]:
    return {name: n for n, names in enumerate(_SOLAR, start=1) for name in names.split()}
