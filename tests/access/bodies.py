"""Invented news in many languages: two paragraphs each, of which articles of any length are made."""

from __future__ import annotations

PROSE: dict[str, tuple[str, str, str]] = {
    "en": (
        "Lanmere ferry gains a second boat",
        "The harbour office of Lanmere will run a second ferry across the sound from Monday, after a "
        "summer in which carts waited up to three hours at the northern pier. The boat was built in "
        "the town's own yard and carries forty people.",
        "Fishermen had asked for the crossing for years, and two of them will steer it in turns. "
        "Tickets stay at two crowns until spring, when the council wants to look at the figures "
        "again and decide whether a third boat is worth its coal.",
    ),
    "de": (
        "Zweite Fähre für Lanmere nimmt den Dienst auf",
        "Das Hafenamt von Lanmere setzt ab Montag eine zweite Fähre über den Sund ein, nachdem im "
        "Sommer Fuhrwerke bis zu drei Stunden am Nordkai warten mussten. Gebaut wurde das Boot auf "
        "der Werft der Stadt, es fasst vierzig Personen.",
        "Die Fischer hatten die Verbindung seit Jahren gefordert, zwei von ihnen werden sie "
        "abwechselnd steuern. Die Fahrt kostet bis zum Frühjahr zwei Kronen, dann will der Rat die "
        "Zahlen prüfen und über ein drittes Boot entscheiden.",
    ),
    "fr": (
        "Un second bac relie les rives de Lanmere",
        "Le bureau du port de Lanmere mettra lundi en service un second bac, après un été où les "
        "charrettes ont attendu jusqu'à trois heures sur le quai nord. Le bateau sort du chantier "
        "de la ville et transporte quarante personnes.",
        "Les pêcheurs demandaient cette traversée depuis des années, et deux d'entre eux la "
        "conduiront à tour de rôle. Le billet reste à deux couronnes jusqu'au printemps, quand le "
        "conseil regardera de nouveau les comptes.",
    ),
    "es": (
        "Un segundo transbordador cruza el estrecho de Lanmere",
        "La oficina del puerto de Lanmere pondrá en marcha el lunes un segundo transbordador, tras "
        "un verano en el que los carros esperaron hasta tres horas en el muelle norte. El barco se "
        "construyó en el astillero de la villa y lleva a cuarenta personas.",
        "Los pescadores pedían la línea desde hacía años, y dos de ellos la gobernarán por turnos. "
        "El billete seguirá en dos coronas hasta la primavera, cuando el concejo volverá a mirar "
        "las cuentas y decidirá sobre un tercer barco.",
    ),
    "it": (
        "Un secondo traghetto per lo stretto di Lanmere",
        "L'ufficio del porto di Lanmere farà partire da lunedì un secondo traghetto, dopo un'estate "
        "in cui i carri hanno aspettato fino a tre ore al molo nord. La barca è stata costruita nel "
        "cantiere della città e porta quaranta persone.",
        "I pescatori chiedevano la linea da anni, e due di loro la guideranno a turno. Il biglietto "
        "resta a due corone fino alla primavera, quando il consiglio guarderà di nuovo i conti e "
        "deciderà su una terza barca.",
    ),
    "pt": (
        "Segunda balsa passa a cruzar o canal de Lanmere",
        "O escritório do porto de Lanmere põe em serviço na segunda-feira uma segunda balsa, depois "
        "de um verão em que as carroças esperaram até três horas no cais norte. O barco foi feito "
        "no estaleiro da cidade e leva quarenta pessoas.",
        "Os pescadores pediam a travessia havia anos, e dois deles vão conduzi-la em turnos. O "
        "bilhete fica em duas coroas até a primavera, quando a câmara volta a olhar as contas e "
        "decide sobre um terceiro barco.",
    ),
    "nl": (
        "Tweede veerboot vaart vanaf maandag bij Lanmere",
        "Het havenkantoor van Lanmere laat vanaf maandag een tweede veerboot over de zeestraat "
        "varen, na een zomer waarin karren tot drie uur wachtten aan de noordelijke pier. De boot "
        "is gebouwd op de eigen werf en neemt veertig mensen mee.",
        "De vissers vroegen al jaren om de verbinding, en twee van hen zullen om beurten sturen. "
        "Een kaartje blijft tot het voorjaar twee kronen kosten; dan kijkt de raad opnieuw naar de "
        "cijfers en beslist over een derde boot.",
    ),
    "sv": (
        "Andra färjan börjar gå över sundet i Lanmere",
        "Hamnkontoret i Lanmere sätter från måndag in en andra färja över sundet, efter en sommar då "
        "kärror fick vänta upp till tre timmar vid norra piren. Båten är byggd på stadens eget varv "
        "och tar fyrtio personer.",
        "Fiskarna hade bett om förbindelsen i åratal, och två av dem ska styra den i tur och "
        "ordning. Biljetten kostar två kronor fram till våren, då rådet ska se på siffrorna igen "
        "och besluta om en tredje båt.",
    ),
    "pl": (
        "Drugi prom popłynie przez cieśninę w Lanmere",
        "Urząd portowy w Lanmere uruchomi w poniedziałek drugi prom, po lecie, w którym wozy czekały "
        "na północnym nabrzeżu nawet trzy godziny. Łódź zbudowano w miejskiej stoczni, zabiera "
        "czterdzieści osób.",
        "Rybacy prosili o przeprawę od lat, a dwóch z nich będzie ją prowadzić na zmianę. Bilet do "
        "wiosny kosztuje dwie korony, potem rada znowu przejrzy rachunki i zdecyduje o trzeciej "
        "łodzi.",
    ),
    "tr": (
        "Lanmere boğazında ikinci vapur sefere başlıyor",
        "Lanmere liman idaresi, arabaların kuzey iskelesinde üç saate kadar beklediği bir yazın "
        "ardından pazartesi günü ikinci vapuru sefere koyacak. Tekne kentin kendi tersanesinde "
        "yapıldı ve kırk kişi taşıyor.",
        "Balıkçılar bu hattı yıllardır istiyordu, ikisi de dönüşümlü olarak dümene geçecek. Bilet "
        "bahara kadar iki kron olarak kalacak, sonra meclis hesaplara yeniden bakıp üçüncü tekneye "
        "karar verecek.",
    ),
    "ru": (
        "Второй паром начнёт ходить через пролив Ланмера",
        "Портовое управление Ланмера с понедельника выпускает на линию второй паром: летом повозки "
        "ждали у северного причала до трёх часов. Судно построено на городской верфи и берёт сорок "
        "человек.",
        "Рыбаки просили об этой переправе много лет, и двое из них будут вести паром по очереди. "
        "Билет до весны стоит две кроны, потом совет снова посмотрит на расходы и решит, нужна ли "
        "третья лодка.",
    ),
    "ar": (
        "عبارة ثانية تبدأ رحلاتها في مضيق لانمير",
        "يبدأ مكتب ميناء لانمير يوم الاثنين تشغيل عبارة ثانية عبر المضيق، بعد صيف انتظرت فيه العربات "
        "حتى ثلاث ساعات عند الرصيف الشمالي. وقد بني القارب في حوض المدينة نفسها ويحمل أربعين راكبا.",
        "وكان الصيادون يطالبون بهذا الخط منذ سنوات، وسيتولى اثنان منهم القيادة بالتناوب. ويبقى سعر "
        "التذكرة كرونتين حتى الربيع، حين يعود المجلس إلى الأرقام ويقرر شأن قارب ثالث.",
    ),
    "he": (
        "מעבורת שנייה תפליג במצר לנמיר",
        "משרד הנמל של לנמיר יפעיל מיום שני מעבורת שנייה במצר, אחרי קיץ שבו עגלות המתינו עד שלוש שעות "
        "ברציף הצפוני. הסירה נבנתה במספנה של העיר ונושאת ארבעים איש.",
        "הדייגים ביקשו את הקו במשך שנים, ושניים מהם ינהגו בה לסירוגין. מחיר הכרטיס יישאר שני כתרים "
        "עד האביב, ואז תבחן המועצה שוב את המספרים ותחליט על סירה שלישית.",
    ),
    "hi": (
        "लानमेर की खाड़ी में दूसरी नाव चलेगी",
        "लानमेर के बंदरगाह कार्यालय ने कहा है कि सोमवार से खाड़ी में दूसरी नाव चलेगी, क्योंकि गर्मियों में "
        "गाड़ियों को उत्तरी घाट पर तीन घंटे तक रुकना पड़ा था। नाव शहर के अपने कारखाने में बनी है और चालीस "
        "लोगों को ले जाती है।",
        "मछुआरे वर्षों से इस फेरी की माँग कर रहे थे, और उनमें से दो बारी-बारी से इसे चलाएँगे। वसंत तक टिकट "
        "दो क्राउन का रहेगा, फिर परिषद हिसाब देखकर तीसरी नाव पर फैसला करेगी।",
    ),
    "zh": (
        "蓝湖渡口下周一增开第二班渡船",
        "蓝湖港务处宣布，自下周一起在海峡增开第二艘渡船。今年夏天，货车在北码头最长要等三个小时，商户为此多次提出意见。"
        "新船由本市船厂建造，每次可载四十人，船身漆成绿色，早晚各有一班。",
        "渔民多年来一直盼望这条航线，其中两人将轮流掌舵。船票在明年春天以前仍为两元，届时议会将再次核算成本，"
        "并决定是否需要第三艘船。港务处表示，冬季班次可能因大风而减少，乘客应留意码头公告。",
    ),
    "zh-Hant": (
        "藍湖渡口下週一增開第二班渡船",
        "藍湖港務處宣布，自下週一起在海峽增開第二艘渡船。今年夏天，貨車在北碼頭最長要等三個小時，商戶為此多次提出意見。"
        "新船由本市船廠建造，每次可載四十人，船身漆成綠色，早晚各有一班。",
        "漁民多年來一直盼望這條航線，其中兩人將輪流掌舵。船票在明年春天以前仍為兩元，屆時議會將再次核算成本，"
        "並決定是否需要第三艘船。港務處表示，冬季班次可能因大風而減少，乘客應留意碼頭公告。",
    ),
    "ja": (
        "蓝湖の渡し、月曜から二隻に",
        "湖の港湾事務所は、月曜日から海峡に二隻目の渡し船を走らせると発表した。この夏は北の桟橋で荷車が最長三時間も待たされ、"
        "商店から改善を求める声が相次いでいた。新しい船は町の造船所で造られ、一度に四十人を運ぶことができる。",
        "漁師たちは長年この航路を望んでおり、そのうち二人が交代で舵を取る。運賃は春まで二クローネのまま据え置かれ、"
        "その後に議会が費用を改めて検討し、三隻目が必要かどうかを決める。冬は風で便が減ることもあるという。",
    ),
    "ko": (
        "호수 나루에 월요일부터 두 번째 나룻배",
        "항만 사무소는 월요일부터 해협에 두 번째 나룻배를 띄운다고 밝혔다. 올여름 북쪽 부두에서는 수레가 최장 세 시간을 "
        "기다려야 했고 상인들의 불만이 이어졌다. 새 배는 시의 조선소에서 만들었으며 한 번에 마흔 명을 태운다.",
        "어부들은 여러 해 동안 이 노선을 바라 왔고, 그 가운데 두 사람이 번갈아 키를 잡는다. 뱃삯은 봄까지 두 크로네로 "
        "유지되며, 그 뒤 의회가 비용을 다시 살펴 세 번째 배가 필요한지 정하기로 했다.",
    ),
    "da": (
        "Færge nummer to sejler over sundet ved Lanmere",
        "Havnekontoret i Lanmere sætter fra mandag en færge mere ind over sundet efter en sommer, hvor "
        "vogne ventede op til tre timer ved den nordlige mole. Båden er bygget på byens eget værft og "
        "tager fyrre mennesker.",
        "Fiskerne har bedt om ruten i årevis, og to af dem skal styre den på skift. Billetten koster "
        "to kroner indtil foråret, hvor rådet igen ser på tallene og beslutter, om der skal bygges en "
        "tredje båd.",
    ),
}


def title(lang: str) -> str:
    """The headline in a language."""
    return PROSE[lang][0]


def text(lang: str, shown: str, turn: int = 0) -> list[str]:
    """Paragraphs: `none`, a `line`, a `teaser`, a `brief`, a `long` teaser or the `whole` article."""
    _, first, second = PROSE[lang]
    pair = (second, first) if turn % 2 else (first, second)
    wide = lang in ("zh", "zh-Hant", "ja", "ko")
    counts = {"none": 0, "teaser": 1, "brief": 2, "long": 4, "whole": 14}
    if shown == "line":
        return [pair[0][: 40 if wide else 110]]
    return [
        f"{pair[n % 2]} ({n + turn + 1})" if n > 1 else pair[n % 2] for n in range(counts[shown])
    ]
