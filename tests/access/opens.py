"""Open pages that look like a wall: what they say of one is news, furniture, or never shown."""

from __future__ import annotations

from access.cases import Case

FREE = {"isAccessibleForFree": True}


def _open(name: str, lang: str = "en", wall: str = "", **more) -> Case:
    return Case(
        name=f"open-{name}",
        state="open",
        lang=lang,
        wall=wall,
        **{"shown": "whole", "cut": False, **more},
    )


def _about(name: str, lang: str, title: str, *own: str, **more) -> Case:
    return _open(name, lang, title=title, own=own, **more)


ABOUT = [
    _about("paywalls-en", "en", "Why the Bell put up a paywall",
           "When the Bell put up its paywall in March, readers met a box that told them to subscribe to continue reading. Half of them "
           "left, its editor says, and the other half complained.",
           "Subscribers now pay two crowns a month. “This article is for subscribers only” has become a joke in the fish market, where "
           "the women sing it to those who ask for prices."),
    _about("paywalls-line-en", "en", "The five words that cost a paper its readers",
           "Subscribe to continue reading: so says the box under most stories of our neighbour, and it has lost a third of its readers "
           "since it came. We asked three of them why.",
           "One said that he had never been asked to log in to read a newspaper by his own grocer. Another laughed and paid."),
    _about("paywalls-de", "de", "Wie Verlage mit Bezahlschranken experimentieren",
           "„Jetzt weiterlesen mit Abo“, heißt es seit Mai auf den meisten Seiten der Zeitung. Der Satz steht nach dem zweiten Absatz, "
           "und er ärgert viele, die nur für Abonnenten gedachte Texte lesen wollen.",
           "Der Verlag ist zufrieden: Die Zahl der Abonnements stieg um ein Fünftel. Kritiker halten das für einen Erfolg auf Zeit."),
    _about("paywalls-fr", "fr", "Les journaux et leurs abonnés",
           "« La suite est réservée aux abonnés » : la phrase barre désormais neuf articles sur dix. Les lecteurs de Lanmere s’en "
           "plaignent, mais le nombre des abonnements a doublé en un an.",
           "Le directeur assure que rien ne changera avant l’été, et qu’il reste assez d’articles gratuits pour les curieux."),
    _about("paywalls-es", "es", "El muro de pago cumple un año",
           "«Suscríbete para seguir leyendo» es hoy la frase más repetida en los diarios del puerto. Un año después, los suscriptores "
           "son el doble y las visitas la mitad.",
           "El director defiende el contenido exclusivo para suscriptores: sin él, dice, no habría quien pagara las linternas."),
    _about("paywalls-zh", "zh", "付费阅读一年：蓝湖日报的得与失",
           "蓝湖日报去年推出付费阅读，读者看到一半时会见到“订阅后可阅读全文”的提示。编辑部说，订户增加了一倍，但浏览量少了三成。",
           "鱼市上的读者则把“登录后继续阅读”当作笑话。有人建议报社改为按篇收费，也有人说会员专享的文章并没有更好看。"),
    _about("paywalls-ja", "ja", "有料会員限定記事の広がり、地方紙でも",
           "町の新聞は昨年から「この記事は有料会員限定です」と書かれた記事を増やした。会員登録をして続きを読む人は一割ほどだという。",
           "読者からは戸惑いの声もあるが、編集長は「残り数百字のために払う人はいる」と話す。無料で読める記事は三本に減った。"),
    _about("404-en", "en", "404 Not Found: what links tell us when they break",
           "Every tenth link of the town's papers ends in a page that says page not found, a count by the library shows. The librarians "
           "read ten thousand of them this autumn.",
           "Most were gone because the address had been changed, not because the article had been removed."),
    _about("404-brief-en", "en", "Page not found at the town hall",
           "The town hall's list of fees was not to be found for three days last week: whoever asked was told that the page does not "
           "exist. It is back, the clerk says, and nobody had removed it."),
    _about("404-zh", "zh", "页面不存在：地方网站失效链接调查",
           "图书馆员今年秋天检查了一万个链接，其中一成显示“您访问的页面不存在”。多数是网址变更所致，并非文章已被删除。",
           "调查建议各机构保留旧网址，并在内容移除时说明原因。"),
    _about("404-de", "de", "Seite nicht gefunden: Das kurze Leben der Links",
           "Jeder zehnte Verweis der Lanmerer Zeitungen führt ins Leere, zeigt eine Zählung der Bücherei. Meist steht dort nur: Seite "
           "nicht gefunden.",
           "Verlage entfernen Artikel selten, sie ändern Adressen, sagt die Leiterin."),
    _about("moment-en", "en", "Just a moment: the ferryman who waits",
           "Just a moment, he says, and then he waits for the last cart. The ferryman of Lanmere is not known for haste, and the harbour "
           "office has given up on his timetable.",
           "Asked whether a machine could do his work, he wanted to know whether it could verify that you are human."),
    _about("denied-en", "en", "Access denied to the north pier",
           "Access to the north pier is denied to carts until Friday, the harbour office says, because a crane has to be taken down. "
           "Walkers may pass along the rail."),
    _about("robot-en", "en", "Are you a robot? A puzzle turns twenty",
           "Are you a robot, asks the box, and for twenty years people have ticked it. The puzzles that check your browser before it is "
           "let in have become so hard that machines do them better.",
           "A team in the town's own workshop wants to do away with them. Please enable cookies and wait was the sentence it found most."),
    _about("captcha-zh", "zh", "验证码的二十年：人机验证越来越难",
           "从输入文字到拖动滑块，“请完成安全验证”已成为上网的日常。研究者说，如今机器做这些题比人还快。",
           "本市一家作坊正在试验不打扰人的办法，预计明年可用。"),
    _about("age-en", "en", "Are you over 18? Shops must ask again",
           "Are you over 18? Shops that sell spirits must ask every customer again from January, the council decided on Thursday. You "
           "must be 18 or older to buy; nobody checked for years.",
           "Shopkeepers may ask for a date of birth and keep no record of it."),
    _about("age-ja", "ja", "「18歳以上ですか」年齢確認、店頭で義務に",
           "町議会は木曜日、酒を売る店に年齢確認を義務づける条例を可決した。「あなたは18歳以上ですか」と尋ねる札も配られる。",
           "店主らは客を待たせることになると心配している。施行は一月から。"),
    _about("age-de", "de", "Altersprüfung beim Branntwein kommt im Januar",
           "„Sind Sie 18 Jahre alt?“ müssen Händler ab Januar wieder jeden fragen, der Branntwein kauft. Der Rat beschloss das am "
           "Donnerstag gegen drei Stimmen.",
           "Wer sein Alter nicht bestätigen will, geht leer aus."),
    _about("cookies-en", "en", "Court says no to cookie walls",
           "A paper may not tell its readers that they must accept cookies to continue, a court in Lanmere has ruled. Accept cookies or "
           "pay: that choice is none, the judges said.",
           "The paper will appeal. It says that advertising pays for half of its ferry reports."),
    _about("cookies-fr", "fr", "Accepter les cookies ou payer : la cour tranche",
           "Un journal ne peut pas exiger que ses lecteurs acceptent les cookies pour accéder au site, a jugé la cour de Lanmere. Le "
           "choix entre un abonnement et la publicité n’en est pas un.",
           "Le journal fera appel de la décision."),
    _about("removed-en", "en", "This article has been removed, said the screen",
           "This article has been removed, said the screen, and the clerk who had written it learned so from his daughter. He found it "
           "again in the library, where nothing is ever removed.",
           "The paper has since said sorry and printed it once more, on paper."),
    _about("members-en", "en", "Swimming club opens its pool to members only",
           "The pool at the north pier is for members only from Sunday, the swimming club says. Members may bring one guest; who wants "
           "to join can sign up at the gate.",
           "The club counts forty members, most of whom do not swim."),
    _about("subscribers-en", "en", "Rail company drops subscriptions",
           "Subscribers of the harbour railway will get their money back, the company said on Monday. It had sold a subscription for "
           "unlimited access to a line that was never built.",
           "To continue, it would have needed four million crowns."),
    _about("metered-en", "en", "Metered water comes to the lower town",
           "Two free barrels a month remain for every household when metered water comes to the lower town. You have two left this "
           "month, the clerk told a baker who had asked, and then you pay."),
    _about("login-ko", "ko", "로그인 없이 보는 신문, 시민들 환영",
           "도서관이 로그인 없이 신문 전문을 볼 수 있는 책상을 마련했다. 구독자만 볼 수 있던 기사도 이곳에서는 누구나 읽는다.",
           "도서관은 봄까지 책상을 열 개로 늘릴 계획이다."),
    _about("premium-ru", "ru", "Газета отказалась от подписки",
           "«Материал доступен только по подписке» — эту надпись читатели ланмерской газеты больше не увидят. Редакция решила открыть "
           "все статьи после жалоб рыбаков.",
           "Чтобы читать дальше, войти больше не нужно, сказал редактор."),
]  # fmt: skip

_CONSENT = (
    '<div id="onetrust-banner-sdk" class="otFlat"><h2>We value your privacy</h2><p>We and our partners store and access information '
    'on a device, such as cookies. You can accept or manage your choices.</p><button>Accept all</button><button>Reject all</button></div>'
)  # fmt: skip
_DIDOMI = (
    '<div id="didomi-popup" class="didomi-popup-backdrop"><div class="didomi-popup"><p>Avec votre accord, nos partenaires et nous '
    'utilisons des cookies.</p><button>Continuer sans accepter</button><button>Accepter</button></div></div>'
)  # fmt: skip
_HIDDEN_WALL = (
    '<div class="paywall" style="display:none"><h2>Subscribe to continue reading</h2><a href="/subscribe">Subscribe</a><p>Already a '
    'subscriber? <a href="/login">Log in</a></p></div>'
)  # fmt: skip
_SUBSCRIBE_BOX = (
    '<div class="subscribe-box"><h3>Support the Bell</h3><p>Subscribe from two crowns a month and help us keep our reporting open to '
    'all.</p><a href="/subscribe">Subscribe</a></div>'
)  # fmt: skip

AROUND = [
    _open("plain"),
    _open("brief", shown="brief"),
    _open("teaser-length", shown="teaser"),
    _open("one-line", shown="line"),
    _open("brief-zh", "zh", shown="brief"),
    _open("brief-ja", "ja", shown="teaser"),
    _open("brief-ar", "ar", shown="brief"),
    _open("brief-ru", "ru", shown="teaser"),
    _open("brief-ko", "ko", shown="teaser"),
    _open("brief-hi", "hi", shown="brief"),
    _open("consent-banner", before=_CONSENT),
    _open("consent-banner-brief", before=_CONSENT, shown="brief"),
    _open("consent-banner-line", wall=_CONSENT, shown="line"),
    _open("didomi-over", "fr", before=_DIDOMI, shown="brief"),
    _open("cookie-text-de", "de", shown="brief", before='<div class="cookie-hinweis"><p>Um unsere Webseite optimal zu gestalten, '
          'verwenden wir Cookies. Durch die weitere Nutzung stimmen Sie zu.</p><button>Verstanden</button></div>'),
    _open("cookie-text-es", "es", shown="teaser", before='<div class="aviso"><p>Usamos cookies propias y de terceros. Si continúa '
          'navegando, acepta su uso.</p><button>Aceptar y continuar</button></div>'),
    _open("hidden-wall", wall=_HIDDEN_WALL, shown="brief"),
    _open("hidden-attribute", wall=_HIDDEN_WALL.replace('style="display:none"', "hidden"), shown="teaser"),
    _open("hidden-around", wall=f'<div class="modal fade" style="display: none">{_HIDDEN_WALL.replace(" style=", " data-x=")}</div>',
          shown="brief"),
    _open("hidden-class", wall=_HIDDEN_WALL.replace('class="paywall" style="display:none"', 'class="paywall hidden"'), shown="brief"),
    _open("hidden-bootstrap", wall=_HIDDEN_WALL.replace('class="paywall" style="display:none"', 'class="modal fade" id="paywallModal"'),
          shown="brief"),
    _open("hidden-dnone", wall=f'<div class="d-none">{_HIDDEN_WALL.replace(" style=", " data-x=")}</div>', shown="teaser"),
    _open("template-wall", wall=f'<template id="paywall-template">{_HIDDEN_WALL}</template>', shown="brief"),
    _open("script-wall", wall='<script>var paywall = "Subscribe to continue reading";</script>', shown="brief"),
    _open("hidden-age", before='<div class="age-gate" hidden><p>Are you over 18?</p><button>Yes</button></div>', shown="brief"),
    _open("hidden-reg", "de", wall='<div class="regwall" aria-hidden="true"><p>Kostenlos registrieren und weiterlesen</p></div>',
          shown="brief"),
    _open("empty-wall", wall='<div class="paywall"></div><div id="piano-inline"></div>', shown="brief"),
    _open("wall-around-text", "en", wall="", shown="whole", head='<meta name="x-paywall-class" content="none">'),
    _open("ld-free-box", facts=FREE, wall=_SUBSCRIBE_BOX, shown="brief"),
    _open("ld-free-box-long", facts=FREE, wall=_SUBSCRIBE_BOX),
    _open("ld-free-already", facts=FREE, wall='<div class="promo"><p>Already a subscriber? <a href="/login">Log in</a></p></div>',
          shown="brief"),
    _open("tier-free", head='<meta property="article:content_tier" content="free">', wall=_SUBSCRIBE_BOX, shown="brief"),
    _open("support-box", wall='<div class="support"><p>If you can, become a member from one crown a month. Everything we write is free to '
          'read.</p><a href="/members">Become a member</a></div>', shown="brief"),
    _open("newsletter-inside", wall='<div class="nl"><h4>Enjoying this story?</h4><p>Subscribe to our newsletter to read more like it, '
          'each week in your inbox.</p><form><button>Subscribe</button></form></div>', shown="brief"),
    _open("newsletter-de", "de", shown="brief", wall='<div class="nl-box"><p>Jetzt unseren Newsletter abonnieren und keine Geschichte '
          'verpassen.</p><button>Anmelden</button></div>'),
    _open("newsletter-fr", "fr", shown="teaser", wall='<div class="lettre"><p>Inscrivez-vous à notre lettre pour lire chaque matin '
          'l’essentiel.</p><button>S’inscrire</button></div>'),
    _open("comments-login", shown="brief", wall='<div id="comments"><h3>Join the discussion</h3><p>You must be logged in to comment. '
          '<a href="/login">Log in</a> or <a href="/register">register</a> to continue the discussion.</p></div>'),
    _open("comments-members", shown="teaser", wall='<section class="discussion"><p>Comments are for subscribers only. <a href="/subscribe">'
          'Subscribe</a> to join in.</p></section>'),
    _open("comments-zh", "zh", shown="brief", wall='<div class="pinglun"><p>登录后才能发表评论</p><a href="/login">登录</a></div>'),
    _open("comments-de", "de", shown="brief", wall='<div class="kommentare"><p>Melden Sie sich an, um zu kommentieren.</p><a href="/anmelden">'
          'Anmelden</a></div>'),
    _open("comments-ko", "ko", shown="teaser", wall='<div class="cmt"><p>로그인 후 댓글을 작성할 수 있습니다.</p><a href="/login">로그인</a></div>'),
    _open("comments-ja", "ja", shown="teaser", wall='<div class="cmt"><p>コメントを書くにはログインが必要です</p><a href="/login">ログイン</a></div>'),
    _open("save-login", shown="brief", wall='<div class="tools"><a href="/login">Log in to save this article</a> <a href="/login">Sign in to '
          'follow this topic</a></div>'),
    _open("print-members", shown="brief", wall='<p class="tools">Printing is for subscribers. <a href="/subscribe">Subscribe</a></p>'),
    _open("related-plus", "de", shown="brief", wall='<ul class="mehr"><li><a href="/a"><span>Bell+</span> Nur für Abonnenten: Das Geheimnis '
          'der Mole</a></li><li><a href="/b">Eulen kehren zurück</a></li><li><a href="/c"><span>Bell+</span> Der Rat streitet</a></li></ul>'),
    _open("related-ja", "ja", shown="teaser", wall='<ul class="kanren"><li><a href="/a">桟橋の秘密 <span>有料会員限定</span></a></li><li><a '
          'href="/b">ふくろう戻る <span>会員限定</span></a></li></ul>'),
    _open("related-fr", "fr", shown="brief", wall='<div class="a-lire"><h3>À lire aussi</h3><a href="/x"><span>Article réservé aux abonnés'
          '</span> Le secret de la jetée</a><a href="/y">Les hiboux reviennent</a></div>'),
    _open("read-more-links", shown="brief", wall='<h3>Read more</h3><ul><li><a href="/x">The secret of the pier</a></li><li><a href="/y">Owls '
          'return to the tower</a></li></ul>'),
    _open("continue-in-middle", shown="whole", wall='<p><a href="#rest">Continue reading the main story</a></p><p id="rest">The second boat '
          'has been named after the oldest of the town’s three wells, which fell dry in the same summer.</p>'),
    _open("expand-zh", "zh", wall='<div class="more"><a href="javascript:;">展开全文</a></div>'),
    _open("app-banner", shown="brief", before='<div class="smart-banner"><p>Read the Bell in our app.</p><a href="app://x">Open</a></div>'),
    _open("video", shown="line", wall='<figure class="video"><video src="/v.mp4" poster="/p.jpg"></video><figcaption>The boat on its first '
          'trip.</figcaption></figure>', facts={"@type": "VideoObject"}),
    _open("gallery", shown="line", wall='<figure><img src="/1.jpg" alt=""><figcaption>The yard.</figcaption></figure><figure><img src="/2.jpg" '
          'alt=""><figcaption>The pier.</figcaption></figure>'),
    _open("live", shown="brief", wall='<div class="live"><h3>10:12</h3><p>The boat has left the yard.</p><h3>10:40</h3><p>It is at the pier, '
          'and people cheer.</p></div>', facts={"@type": "LiveBlogPosting"}),
    _open("plus-section", shown="brief", before='<div class="breadcrumb"><a href="/premium">Premium</a> › <a href="/plus">Bell Plus</a></div>'),
    _open("noscript-note", shown="brief", before='<noscript><p>Please enable JavaScript to use all of this site.</p></noscript>'),
    _open("recaptcha-comment", shown="brief", wall='<form class="contact"><div class="g-recaptcha"></div><button>Send</button><p>This site is '
          'protected by reCAPTCHA and the Privacy Policy and Terms of Service apply.</p></form>'),
    _open("gift", shown="brief", wall='<div class="gift"><p>Subscribers can give this article to a friend.</p><a href="/gift">Gift it</a></div>'),
    _open("meter-furniture", shown="brief", wall='<div class="air-meter"><p>Air quality: 41 of 500, good.</p></div>'),
    _open("event-register", shown="brief", wall='<p>Readers who want to see the boat can <a href="/visit">register for a free tour</a> of the '
          'yard.</p>'),
    _open("survey", shown="brief", wall='<div class="quiz"><p>Sign in to continue the quiz.</p><a href="/login">Sign in</a></div>'),
    _open("piano-class-body", shown="whole", wall="", before='<div class="tp-container-inner"></div>'),
    _open("gopher-quote", shown="brief", wall='<blockquote><p>Subscribe to continue reading.</p></blockquote><p>So said the box that the '
          'ferryman found under his own report.</p>'),
    _open("removed-comment", shown="brief", wall='<div class="comments"><p>This comment has been removed.</p><p>This content is no longer '
          'available.</p></div>'),
    _open("missing-embed", shown="brief", wall='<figure class="embed"><p>This video is no longer available.</p></figure>'),
    _open("embed-consent", "de", shown="brief", wall='<div class="embed-consent"><p>An dieser Stelle finden Sie externen Inhalt. Um ihn zu '
          'sehen, stimmen Sie bitte der Verwendung von Cookies zu.</p><button>Inhalt anzeigen</button></div>'),
    _open("embed-consent-fr", "fr", shown="teaser", wall='<div class="embed"><p>Ce contenu est bloqué car vous n’avez pas accepté les '
          'cookies.</p><button>Accepter les cookies</button></div>'),
    _open("age-video", shown="brief", wall='<div class="player"><p>This video may be unsuitable for those under 18.</p><button>Play</button></div>'),
    _open("podcast-subscribe", shown="brief", wall='<div class="pod"><p>Subscribe to our podcast to hear the full story.</p><a href="/pod">'
          'Subscribe</a></div>'),
    _open("whole-with-wall-class", shown="whole", wall="", head='<meta name="paywall" content="none">'),
    _open("abo-teaser-de", "de", wall='<div class="abo-teaser"><p>Gedruckt oder digital: Lesen Sie die Bell vier Wochen zur Probe.</p>'
          '<a href="/abo">Zum Probeabo</a></div>', shown="brief"),
    _open("suscripcion-es", "es", wall='<div class="promo"><p>Suscríbete y apoya el periodismo del puerto.</p><a href="/planes">Suscríbete</a>'
          '</div>', shown="brief"),
    _open("club-ru", "ru", wall='<div class="social"><p>Подпишитесь на наш канал, чтобы не пропустить новости.</p><a href="https://t.example/x">'
          'Подписаться</a></div>', shown="teaser"),
    _open("guanzhu-zh", "zh", wall='<div class="qr"><p>扫码关注公众号，阅读更多精彩内容</p></div>', shown="brief"),
    _open("kaiin-ja", "ja", wall='<div class="pr"><p>会員登録で記事の保存やメール配信が使えます。</p><a href="/signup">無料会員登録</a></div>',
          shown="teaser"),
    _open("channel-ko", "ko", wall='<div class="ch"><p>네이버에서 구독하고 새 소식을 받아 보세요.</p><a href="/ch">구독</a></div>', shown="teaser"),
]  # fmt: skip

OPENS = [*ABOUT, *AROUND]
