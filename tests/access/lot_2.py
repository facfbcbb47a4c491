"""A second lot of structures written when the rules stood, after the first had mended them."""

from __future__ import annotations

from functools import partial

from access.cases import gate, open_, wall
from access.walls import PAID

_wall, _gate, _open = (partial(make, "m") for make in (wall, gate, open_))

LOT_2 = [
    _wall("guardian-like", "registration", "en", '<div class="dcr-1"><h2>Register: it’s quick and easy</h2><p>It’s still free to read: this is not a '
          'paywall. To read on, create an account.</p><a href="/register">Register for free</a></div>'),
    _wall("economist-like", "subscriber", "en", '<section class="css-1"><h3>Explore more</h3><p>Subscribe to read the whole story</p><button>Subscribe'
          '</button></section>'),
    _wall("athletic-like", "subscriber", "en", '<div class="ob"><p>You’ve hit a subscriber-only story.</p><a href="/buy">Get access</a></div>', facts=PAID),
    _wall("local-en", "subscriber", "en", '<div class="subscriber-wall"><p>Thanks for visiting. The full article is for our subscribers.</p><a '
          'href="/subscribe">Choose a subscription</a></div>'),
    _wall("crowdfunded", "subscriber", "en", '<div class="k"><p>Join as a supporter to unlock the rest of this piece.</p><a href="/support">Join</a></div>'),
    _wall("login-employees", "registration", "en", '<div class="n"><p>You need to be logged in to view the rest of the content.</p><a '
          'href="/login">Log in</a></div>'),
    _wall("taz-like", "subscriber", "de", '<div class="pw"><p>Dieser Beitrag ist exklusiv für unsere Abonnentinnen und Abonnenten.</p><button>Jetzt abonnieren'
          '</button></div>'),
    _wall("bild-like", "subscriber", "de", '<div class="bp"><h2>Mit Bell+ weiterlesen</h2><a href="/plus">Abo wählen</a></div>'),
    _wall("reg-de", "registration", "de", '<div class="rg"><h3>Lesen Sie kostenlos weiter</h3><p>Legen Sie dazu ein Konto an.</p><button>Konto anlegen'
          '</button></div>'),
    _wall("ouest-like", "subscriber", "fr", '<div class="ab"><p>Il vous reste 60 % de cet article à découvrir. Abonnez-vous !</p><button>S’abonner</button>'
          '</div>'),
    _wall("lib-like", "subscriber", "fr", '<div class="li"><h3>Cet article est réservé à nos membres</h3><a href="/membre">Devenir membre</a></div>'),
    _wall("mundo-like", "subscriber", "es", '<div class="mu"><p>Para seguir leyendo, hazte premium.</p><a href="/premium">Hazte premium</a></div>'),
    _wall("clarin-like", "registration", "es", '<div class="cl"><p>Para leer esta nota, registrate gratis.</p><button>Registrarme</button></div>'),
    _wall("sole-like", "subscriber", "it", '<div class="so"><h3>Per leggere l’articolo completo, abbonati</h3><button>Abbonati</button></div>'),
    _wall("publico-like", "subscriber", "pt", '<div class="pu"><p>Este artigo é exclusivo para assinantes.</p><a href="/assinar">Assinar</a></div>'),
    _wall("volkskrant-like", "subscriber", "nl", '<div class="vk"><p>Dit artikel is exclusief voor abonnees.</p><button>Abonneren</button></div>'),
    _wall("aftonbladet-like", "subscriber", "sv", '<div class="af"><p>Bli prenumerant för att läsa hela texten.</p><button>Köp</button></div>'),
    _wall("politiken-like", "subscriber", "da", '<div class="po"><p>Artiklen er kun for abonnenter. Bliv abonnent og læs videre.</p><button>Køb</button></div>'),
    _wall("rp-like", "subscriber", "pl", '<div class="rp"><p>Chcesz przeczytać cały artykuł? Wykup subskrypcję.</p><button>Kup</button></div>'),
    _wall("kommersant-like", "subscriber", "ru", '<div class="ko"><p>Статья доступна только по подписке.</p><button>Подписаться</button></div>'),
    _wall("reg-ru", "registration", "ru", '<div class="rr"><p>Войдите или зарегистрируйтесь, чтобы прочитать материал полностью.</p><button>Войти</button></div>'),
    _wall("yomiuri-like", "subscriber", "ja", '<div class="yo"><p>この記事は読者会員限定です</p><button>読者会員に登録</button></div>'),
    _wall("sankei-like", "subscriber", "ja", '<div class="sa"><p>続きを読むには有料プランへの登録が必要です</p><button>プランを選ぶ</button></div>'),
    _wall("cw-like", "subscriber", "zh-Hant", '<div class="cw"><p>這篇文章僅限訂戶閱讀</p><button>訂閱</button></div>'),
    _wall("caijing-like", "subscriber", "zh", '<div class="cj"><p>本文为会员专享文章，开通会员阅读全文</p><button>开通</button></div>'),
    _wall("zhihu-like", "registration", "zh", '<div class="zh"><p>登录即可查看完整内容</p><button>登录</button></div>'),
    _wall("chosun-like", "registration", "ko", '<div class="ch"><p>회원가입 후 기사를 계속 읽으실 수 있습니다.</p><button>회원가입</button></div>'),
    _wall("hankyung-like", "subscriber", "ko", '<div class="hk"><p>이 기사는 구독자 전용 콘텐츠입니다.</p><button>구독하기</button></div>'),
    _wall("turkish", "subscriber", "tr", '<div class="tk"><p>Bu haberin tamamını yalnızca aboneler okuyabilir.</p><button>Abone ol</button></div>'),
    _wall("arabic", "registration", "ar", '<div class="ag"><p>سجل الدخول لقراءة المقال كاملا</p><button>تسجيل الدخول</button></div>'),
    _wall("meter-left", "metered", "en", '<div class="meter-strip"><p>You have one free story left. <a href="/subscribe">Subscribe</a></p></div>', shown="whole",
          cut=False),
    _wall("meter-fr", "metered", "fr", '<div class="compteur metered-x"><p>Il vous reste 1 article gratuit à lire.</p><a href="/abo">Abo</a></div>', shown="whole",
          cut=False),
    _gate("age-fr", "age", "fr", "Bell", '<div class="maj"><h2>Êtes-vous majeur ?</h2><p>Vous devez avoir 18 ans pour lire cette page.</p><button>Oui'
          '</button></div>'),
    _gate("age-zh", "age", "zh", "提示", '<div class="a18"><p>以下内容仅适合18岁以上人士浏览，请确认您已成年。</p><button>确认</button></div>'),
    _gate("cookie-it", "cookies", "it", "Bell", '<div class="w"><h1>Scegli come leggere</h1><p>Accetta i cookie e leggi gratis, oppure abbonati.</p><button>'
          'Accetta e continua</button></div>'),
    _gate("cookie-en", "cookies", "en", "Bell", '<div class="w"><h1>Choose how to read us</h1><p>Read with personalised advertising and cookies, or '
          'subscribe.</p><button>Accept all</button></div>'),
    _gate("gone-en", "removed", "en", "Bell", '<h1>Story unavailable</h1><p>The story you requested is no longer on our site.</p>'),
    _gate("gone-en-2", "removed", "en", "Error", '<h1>Sorry, this page isn’t available</h1><p>The link you followed may be broken.</p>'),
    _gate("gone-de", "removed", "de", "Bell", '<h1>Diese Seite gibt es nicht (mehr)</h1>'),
    _gate("gone-ja", "removed", "ja", "Bell", '<p>指定されたページは存在しないか、削除されました。</p>'),
    _gate("gone-ko", "removed", "ko", "Bell", '<p>존재하지 않거나 삭제된 기사입니다.</p>'),
    _gate("bot-en", "blocked", "en", "Verify you are human", '<p>Verify you are human by completing the action below.</p>'),
    _gate("bot-en-2", "blocked", "en", "bell.example", '<h1>Let’s confirm you are human</h1><p>Complete the security check before continuing.</p>'),
    _gate("bot-akamai", "blocked", "en", "Access Denied", '<h1>Access Denied</h1>You don’t have permission to access this page.<p>Reference #18.x</p>'),
    _gate("bot-zh", "blocked", "zh", "验证中心", '<div class="captcha"><p>请完成安全验证后继续访问</p></div>'),
    _gate("bot-pt", "blocked", "pt", "Um momento…", '<p>Verificando se você é humano. Isso pode levar alguns segundos.</p>'),
    _wall("cut-nl", "truncated", "nl", '<p><a href="/x">Lees het volledige artikel</a></p>'),
    _wall("cut-ru", "truncated", "ru", '<p><a href="/x">Читать полностью</a></p>'),
    _wall("cut-en", "truncated", "en", '<p>Read more at <a href="https://other.example/x">The Harbour Post</a>.</p>'),
    _open("guide", "en", '<div class="box"><h3>How to subscribe to a ferry</h3><p>Subscriptions for carts are sold at the pier.</p></div>'),
    _open("gift-en", "en", '<div class="share-gift"><p>Subscribers can share this story with friends who do not subscribe.</p><button>Share</button></div>'),
    _open("print-edition", "en", '<div class="print"><p>A version of this article appeared in print. <a href="/subscribe">Order reprints or subscribe</a></p></div>'),
    _open("alerts", "en", '<div class="al"><p>Create a free account to get alerts about the harbour.</p><a href="/register">Sign up</a></div>'),
    _open("bookmark", "de", '<div class="merk"><p>Melden Sie sich an, um Artikel zu merken.</p><a href="/login">Anmelden</a></div>'),
    _open("donate", "de", '<div class="sp"><p>Unsere Texte sind für alle kostenlos. Werden Sie Mitglied.</p><button>Mitglied werden</button></div>'),
    _open("kommentar", "de", '<div class="k"><p>Nur registrierte Leser können Kommentare schreiben.</p><button>Registrieren</button></div>'),
    _open("sondage", "fr", '<div class="s"><p>Connectez-vous pour répondre au sondage.</p><a href="/connexion">Connexion</a></div>'),
    _open("edition", "fr", '<div class="e"><p>Retrouvez cet article dans notre édition du soir, réservée aux abonnés.</p><a href="/abo">Abo</a></div>'),
    _open("alertas", "es", '<div class="a"><p>Regístrate para recibir alertas de noticias.</p><button>Registrarse</button></div>'),
    _open("saved-ja", "ja", '<div class="s"><p>この記事を保存するにはログインしてください</p><button>ログイン</button></div>'),
    _open("share-zh", "zh", '<div class="s"><p>登录后可收藏本文</p><button>登录</button></div>'),
    _open("like-ko", "ko", '<div class="l"><p>로그인하시면 기사를 추천할 수 있습니다.</p><button>로그인</button></div>'),
    _open("video-age", "en", '<div class="pl"><p>This video is age restricted. You must be 18 or older to watch it.</p><button>Sign in</button></div>'),
    _open("script-note", "en", '<noscript>JavaScript is disabled. Some parts of this page will not work.</noscript>'),
    _open("report-404", "en", '<p>“Page not found”, the screen said for a week; now the page is back.</p>'),
    _open("cookie-recipe", "en", '<p>To continue, accept a cookie from the baker: so runs the joke at the pier since the law came.</p>'),
]  # fmt: skip
