"""What stands in the place of an article: age gates, consent walls, soft 404s, checks for machines."""

from __future__ import annotations

from access.cases import Case


def _gate(state: str, name: str, lang: str, title: str, wall: str, **more) -> Case:
    facts = {"frame": "bare", **more}
    return Case(name=name, state=state, lang=lang, title=title, wall=wall, **facts)


def _age(name: str, lang: str, title: str, wall: str, **more) -> Case:
    return _gate("age", name, lang, title, wall, **more)


def _cookies(name: str, lang: str, title: str, wall: str, **more) -> Case:
    return _gate("cookies", name, lang, title, wall, **more)


def _removed(name: str, lang: str, title: str, wall: str, **more) -> Case:
    return _gate("removed", name, lang, title, wall, **{"frame": "framed", **more})


def _blocked(name: str, lang: str, title: str, wall: str, **more) -> Case:
    return _gate("blocked", name, lang, title, wall, **more)


AGE = [
    _age("age-18-en", "en", "The Lanmere Bell", '<div class="age-gate"><h1>Are you over 18?</h1><p>This page holds content for '
         'adults.</p><button>Yes, I am</button><button>No, leave</button></div>'),
    _age("age-verify-en", "en", "Age verification", '<div class="modal show"><h2>Please verify your age</h2><p>You must be 21 or '
         'older to enter this site.</p><form action="/age"><button>Enter</button></form></div>'),
    _age("age-birth-en", "en", "Lanmere whisky prices rise", '<div id="agegate"><p>Enter your date of birth to view this '
         'content.</p><form><button>Confirm</button></form></div>', frame="framed"),
    _age("age-de", "de", "Altersprüfung", '<main><h1>Bist du mindestens 18 Jahre alt?</h1><p>Dieser Beitrag ist für Jugendliche '
         'nicht geeignet.</p><a href="?ok=1">Ja, ich bin volljährig</a><a href="/">Nein</a></main>'),
    _age("age-bestaetigen-de", "de", "Bell", '<div class="fsk18"><p>Bitte bestätigen Sie Ihr Alter, um diesen Artikel zu sehen.</p>'
         '<button>Ich bin über 18</button></div>', frame="framed"),
    _age("age-fr", "fr", "Contrôle de l’âge", '<div class="popup-age"><h2>Avez-vous plus de 18 ans ?</h2><p>L’accès à cette page est '
         'réservé aux personnes majeures.</p><button>Oui</button><button>Non</button></div>'),
    _age("age-es", "es", "Verificación de edad", '<div class="verificacion"><h2>¿Eres mayor de edad?</h2><p>Debes tener 18 años o más '
         'para ver este contenido.</p><button>Sí</button><button>No</button></div>'),
    _age("age-it", "it", "Verifica età", '<section><h1>Hai più di 18 anni?</h1><p>Conferma la tua età per proseguire.</p><button>Sì'
         '</button></section>'),
    _age("age-pt", "pt", "Confirmação de idade", '<section class="idade"><p>Você tem mais de 18 anos?</p><p>Este conteúdo é '
         'impróprio para menores.</p><button>Sim</button><button>Não</button></section>'),
    _age("age-ru", "ru", "Подтверждение возраста", '<div class="adult"><h2>Вам исполнилось 18 лет?</h2><p>Материал предназначен для '
         'лиц старше 18 лет.</p><a href="?y">Да</a><a href="/">Нет</a></div>'),
    _age("age-zh", "zh", "年龄提示", '<div class="agecheck"><p>您是否已满18周岁？</p><p>本页内容不适合未成年人浏览。</p><button>我已满18岁，进入'
         '</button><button>离开</button></div>'),
    _age("age-hant", "zh-Hant", "限制級", '<div class="limit18"><p>您即將進入之內容為限制級，未滿十八歲之訪客不得瀏覽。</p><button>我已年滿18歲'
         '</button><a href="/">離開</a></div>', frame="framed"),
    _age("age-ja", "ja", "年齢確認", '<div id="age_auth"><h2>あなたは18歳以上ですか？</h2><p>ここから先は成人向けの内容を含みます。</p><a href="?ok">'
         'はい</a><a href="/">いいえ</a></div>'),
    _age("age-ko", "ko", "성인 인증", '<div class="adult_cert"><p>이 콘텐츠는 청소년 유해 매체물로 만 19세 미만은 이용할 수 없습니다.</p><button>성인 '
         '인증하기</button></div>'),
    _age("age-tr", "tr", "Yaş doğrulama", '<div class="yas"><p>18 yaşından büyük müsünüz?</p><button>Evet</button><button>Hayır'
         '</button></div>'),
    _age("age-nl", "nl", "Leeftijdscontrole", '<div class="leeftijd"><p>Ben je 18 jaar of ouder?</p><button>Ja</button><button>Nee'
         '</button></div>'),
    _age("age-pl", "pl", "Bell", '<div class="wiek"><h2>Czy masz ukończone 18 lat?</h2><p>Ta strona zawiera treści tylko dla '
         'dorosłych.</p><button>Tak</button></div>'),
]  # fmt: skip

COOKIES = [
    _cookies("contentpass-de", "de", "Zustimmung", '<div class="page-wrapper"><h1>Weiter mit Werbung lesen</h1><p>Besuchen Sie uns wie '
             'gewohnt mit Werbung und Tracking. Details zum Tracking finden Sie in der Datenschutzerklärung. Die Zustimmung ist '
             'jederzeit widerrufbar.</p><button>Akzeptieren und weiter</button><h2>oder mit PUR-Abo nutzen</h2><p>Werbefrei ab 3 '
             'Kronen im Monat.</p><a href="/pur">PUR abschließen</a></div>'),
    _cookies("sourcepoint-en", "en", "Your privacy", '<div class="sp_message_container_1"><h1>We value your privacy</h1><p>We and our '
             '812 partners store and access information on your device. To continue to this site, accept cookies or pay to read '
             'without advertising.</p><button>I accept</button><button>Pay and reject</button></div>'),
    _cookies("didomi-fr", "fr", "Bell", '<div id="didomi-host"><div class="didomi-popup-container"><h1>Continuer avec publicité</h1><p>'
             'Pour accéder gratuitement au site, vous devez accepter les cookies de nos partenaires, ou vous abonner.</p><button>'
             'Accepter et accéder au site</button><a href="/abo">S’abonner</a></div></div>'),
    _cookies("choice-fr", "fr", "Votre choix", '<main class="cookiewall"><h2>Acceptez les cookies ou abonnez-vous</h2><p>En refusant les '
             'cookies publicitaires, vous ne pouvez lire nos contenus qu’avec un abonnement.</p><button>J’accepte</button></main>'),
    _cookies("pay-or-ok-it", "it", "Consenso", '<div class="cmp-wall"><h1>Accetta i cookie o abbonati</h1><p>Per continuare a navigare '
             'gratuitamente su questo sito accetta la profilazione.</p><button>Accetta</button><a href="/consentless">Abbonati e '
             'rifiuta</a></div>'),
    _cookies("aceptar-o-pagar-es", "es", "Privacidad", '<div class="pmConsentWall"><h2>Para continuar, acepta las cookies o suscríbete</h2>'
             '<p>Nosotros y 700 socios tratamos datos personales.</p><button>Aceptar y continuar</button><a href="/pago">Rechazar y '
             'suscribirse</a></div>'),
    _cookies("cookiewall-nl", "nl", "Cookiemelding", '<div class="cookiewall-inner"><h1>Geef toestemming voor cookies om verder te '
             'gaan</h1><p>Zonder deze cookies kunt u onze artikelen niet lezen.</p><button>Akkoord</button></div>'),
    _cookies("guce-like", "en", "Bell is part of a family of brands", '<div class="consent-overlay"><h2>Before you continue</h2><p>When '
             'you use our sites and apps, we use cookies. Please agree to our use of data to continue to the article.</p><form '
             'action="/consent"><button>Accept all</button><button>Reject all</button></form></div>'),
    _cookies("gdpr-us-paper", "en", "Cookie consent required", '<div id="consent-page"><p>You must consent to cookies to view this page.'
             '</p><button>Agree and continue</button></div>'),
    _cookies("zustimmung-de", "de", "Bell", '<div class="consent-wall"><p>Um diese Seite aufrufen zu können, stimmen Sie bitte der '
             'Verwendung von Cookies zu.</p><button>Alle akzeptieren</button><a href="/abo">Lieber zahlen</a></div>'),
    _cookies("derstandard-like", "de", "Willkommen", '<main class="privacywall"><h1>Ihre Zustimmung ist nötig</h1><p>Sie entscheiden, wie '
             'Sie unsere Inhalte nutzen wollen: kostenlos mit Cookies und Werbung oder mit einem Pur-Abo ohne Tracking.</p>'
             '<button>Einverstanden</button><a href="/pur">Jetzt abonnieren</a></main>'),
    _cookies("cookies-da", "da", "Samtykke", '<div class="consent"><p>Du skal acceptere cookies for at læse videre uden betaling.</p>'
             '<button>Accepter</button></div>'),
    _cookies("cookies-sv", "sv", "Samtycke", '<div class="consent"><p>Du måste godkänna cookies för att fortsätta till sidan.</p><button>'
             'Godkänn</button></div>'),
    _cookies("cookies-pl", "pl", "Zgoda", '<div class="rodo-wall"><p>Aby przejść do serwisu, wyraź zgodę na pliki cookie lub wykup '
             'dostęp bez reklam.</p><button>Zgadzam się</button></div>'),
    _cookies("cookies-ja", "ja", "同意のお願い", '<div class="consent"><p>続けるにはクッキーの使用に同意してください。</p><button>同意して続ける'
             '</button></div>'),
    _cookies("cookies-disabled", "en", "Cookies are required", '<div class="nocookie"><h1>Please enable cookies</h1><p>This site '
             'requires cookies. Turn them on in your browser to read this page.</p></div>'),
]  # fmt: skip

REMOVED = [
    _removed("404-en", "en", "Page not found - The Lanmere Bell", '<h1>Page not found</h1><p>The page you are looking for may have moved '
             'or never existed. Try the search.</p>'),
    _removed("404-code", "en", "404", '<div class="error-404"><h1>404</h1><p>Sorry, nothing to see here.</p><a href="/">Back home</a></div>'),
    _removed("oops-en", "en", "The Lanmere Bell", '<div class="not-found"><h1>Oops! That page can’t be found.</h1><p>It looks like nothing was '
             'found at this location.</p></div>'),
    _removed("gone-en", "en", "The Lanmere Bell", '<h2>This article is no longer available</h2><p>It may have been taken down by its '
             'publisher.</p>'),
    _removed("removed-note-en", "en", "", '<p>This article has been removed at the request of its author.</p>', shown="none", frame="site"),
    _removed("withdrawn-en", "en", "", '<div class="notice"><p>This story has been retracted and is no longer available on this site.</p>'
             '</div>', shown="none", frame="site"),
    _removed("sorry-en", "en", "Sorry - The Lanmere Bell", '<h1>Sorry, we couldn’t find that page</h1><p>The link may be broken.</p>'),
    _removed("404-de", "de", "Seite nicht gefunden | Bell", '<h1>Seite nicht gefunden</h1><p>Die angeforderte Seite gibt es nicht mehr.</p>'),
    _removed("nicht-mehr-de", "de", "Bell", '<h1>Dieser Artikel ist nicht mehr verfügbar</h1><p>Aus rechtlichen Gründen mussten wir ihn '
             'entfernen.</p>'),
    _removed("fehler-de", "de", "Fehler 404", '<h1>Hoppla!</h1><p>Die von Ihnen gesuchte Seite existiert leider nicht.</p>'),
    _removed("404-fr", "fr", "Page introuvable - Bell", '<h1>Page introuvable</h1><p>La page que vous cherchez n’existe pas ou plus.</p>'),
    _removed("plus-dispo-fr", "fr", "Bell", '<h1>Cet article n’est plus disponible</h1><p>Revenez à l’accueil.</p>'),
    _removed("erreur-fr", "fr", "Erreur 404", '<h2>Oups</h2><p>La page demandée n’a pas été trouvée.</p>'),
    _removed("404-es", "es", "Página no encontrada", '<h1>Página no encontrada</h1><p>La página que busca no existe.</p>'),
    _removed("ya-no-es", "es", "Bell", '<h1>Este artículo ya no está disponible</h1><p>Vuelva a la portada.</p>'),
    _removed("404-it", "it", "Pagina non trovata", '<h1>Pagina non trovata</h1><p>La pagina richiesta non esiste.</p>'),
    _removed("404-pt", "pt", "Página não encontrada", '<h1>Ops! Página não encontrada</h1><p>O conteúdo foi removido ou não existe.</p>'),
    _removed("404-nl", "nl", "Pagina niet gevonden", '<h1>Pagina niet gevonden</h1><p>Deze pagina bestaat niet (meer).</p>'),
    _removed("404-sv", "sv", "Sidan kunde inte hittas", '<h1>Sidan kunde inte hittas</h1><p>Den kan ha tagits bort.</p>'),
    _removed("404-da", "da", "Siden findes ikke", '<h1>Siden blev ikke fundet</h1><p>Prøv forsiden.</p>'),
    _removed("404-pl", "pl", "Nie znaleziono strony", '<h1>Nie znaleziono strony</h1><p>Artykuł został usunięty lub nie istnieje.</p>'),
    _removed("404-tr", "tr", "Sayfa bulunamadı", '<h1>Sayfa bulunamadı</h1><p>Aradığınız sayfa kaldırılmış olabilir.</p>'),
    _removed("404-ru", "ru", "Страница не найдена", '<h1>Страница не найдена</h1><p>Возможно, материал был удалён.</p>'),
    _removed("udalen-ru", "ru", "Bell", '<div><p>Материал удалён или перемещён.</p></div>'),
    _removed("404-ar", "ar", "الصفحة غير موجودة", '<h1>الصفحة غير موجودة</h1><p>عذرا، لم نعثر على الصفحة المطلوبة.</p>'),
    _removed("404-he", "he", "הדף לא נמצא", '<h1>הדף לא נמצא</h1><p>ייתכן שהכתבה הוסרה.</p>'),
    _removed("404-hi", "hi", "पेज नहीं मिला", '<h1>पेज नहीं मिला</h1><p>आप जो पेज खोज रहे हैं वह मौजूद नहीं है।</p>'),
    _removed("404-zh", "zh", "页面不存在", '<div class="err"><p>抱歉，您访问的页面不存在或已被删除。</p></div>'),
    _removed("shanchu-zh", "zh", "蓝湖日报", '<div class="tip"><p>该内容已被发布者删除</p></div>', frame="bare"),
    _removed("weigui-zh", "zh", "蓝湖日报", '<div class="weui-msg"><p>此内容因违规无法查看</p></div>', frame="bare"),
    _removed("zhaobudao-hant", "zh-Hant", "找不到網頁", '<h1>找不到網頁</h1><p>您要瀏覽的新聞已下架或不存在。</p>'),
    _removed("404-ja", "ja", "ページが見つかりません", '<h1>お探しのページは見つかりませんでした</h1><p>削除されたか、URLが変更されています。</p>'),
    _removed("keisai-ja", "ja", "Bell", '<h2>この記事は掲載期間が終了しました</h2><p>トップページへお戻りください。</p>'),
    _removed("404-ko", "ko", "페이지를 찾을 수 없습니다", '<h1>요청하신 페이지를 찾을 수 없습니다</h1><p>삭제되었거나 주소가 변경되었습니다.</p>'),
    _removed("sakje-ko", "ko", "Bell", '<p>삭제된 기사입니다.</p>'),
    _removed("home-page", "en", "The Lanmere Bell", '<h2>Top stories</h2><ul><li><a href="/a-1">Weir gets a gate</a></li><li><a href="/a-2">'
             'Owls return</a></li></ul>', head='<link rel="canonical" href="https://bell.example/"><meta property="og:type" '
             'content="website">', url="https://bell.example/town/2026/11/ferry-gains-second-boat-1842.html"),
]  # fmt: skip

BLOCKED = [
    _blocked("cf-moment", "en", "Just a moment...", '<div class="main-wrapper" role="main"><div class="main-content"><noscript><div '
             'class="h2"><span id="challenge-error-text">Enable JavaScript and cookies to continue</span></div></noscript></div></div>'),
    _blocked("cf-attention", "en", "Attention Required! | Cloudflare", '<div id="cf-wrapper"><h1 data-translate="block_headline">Sorry, you '
             'have been blocked</h1><h2>You are unable to access bell.example</h2><p>This website is using a security service to protect '
             'itself from online attacks.</p></div>'),
    _blocked("cf-checking", "en", "bell.example", '<div id="cf-content"><h1>Checking your browser before accessing bell.example.</h1><p>This '
             'process is automatic.</p></div>'),
    _blocked("cf-de", "de", "Nur einen Moment…", '<div class="main-wrapper"><h1>bell.example</h1><p>Überprüfen Sie, ob Sie ein Mensch sind. '
             'Dies kann einige Sekunden dauern.</p></div>'),
    _blocked("cf-es", "es", "Un momento…", '<div class="main-wrapper"><p>Verificando que usted es un ser humano. Esto puede tardar unos '
             'segundos.</p></div>'),
    _blocked("cf-ja", "ja", "しばらくお待ちください...", '<div class="main-wrapper"><p>人間であることを確認します。これには数秒かかる場合があります。</p>'
             '</div>'),
    _blocked("cf-zh", "zh", "请稍候…", '<div class="main-wrapper"><p>确认您是真人。这可能需要几秒钟时间。</p></div>'),
    _blocked("datadome", "en", "bell.example", '<p id="cmsg">Please enable JS and disable any ad blocker</p><iframe '
             'src="https://geo.captcha-delivery.com/captcha/?x=1"></iframe>'),
    _blocked("perimeterx", "en", "Access to this page has been denied", '<div class="px-captcha-container"><div class="px-captcha-header">'
             'Press &amp; Hold to confirm you are a human (and not a bot).</div><div id="px-captcha"></div></div>'),
    _blocked("human-robot", "en", "Robot or human?", '<h1>Robot or human?</h1><p>Activate and hold the button to confirm that you’re human. '
             'Thank you!</p>'),
    _blocked("akamai", "en", "Access Denied", '<h1>Access Denied</h1><p>You don’t have permission to access "http://bell.example/town" on this '
             'server.</p><p>Reference #18.4f2d.1732.9ab</p>'),
    _blocked("incapsula", "en", "bell.example", '<iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&amp;xinfo=1"></iframe>'
             '<p>Request unsuccessful. Incapsula incident ID: 877-112</p>', head='<meta name="robots" content="noindex,nofollow">'),
    _blocked("distil", "en", "Pardon Our Interruption", '<div class="container"><h1>Pardon Our Interruption...</h1><p>As you were browsing, '
             'something about your browser made us think you were a bot.</p><ul><li>You’re a power user moving with super-human speed.'
             '</li></ul></div>'),
    _blocked("aws-waf", "en", "Human Verification", '<div id="challenge-container"></div><noscript><h1>JavaScript is disabled</h1>In order to '
             'continue, we need to verify that you’re not a robot. This requires JavaScript.</noscript>'),
    _blocked("unusual-traffic", "en", "Sorry...", '<div><p>Our systems have detected unusual traffic from your computer network. Please '
             'solve the puzzle below.</p><form id="captcha-form"><div class="g-recaptcha"></div></form></div>'),
    _blocked("bloomberg-like", "en", "Are you a robot?", '<section class="box"><h1>We’ve detected unusual activity from your network</h1>'
             '<p>To continue, please click the box below to let us know you’re not a robot.</p></section>'),
    _blocked("ddos-guard", "ru", "DDoS-Guard", '<div class="container"><h1>Проверка вашего браузера перед переходом на сайт</h1><p>Это '
             'займёт несколько секунд.</p></div>'),
    _blocked("smartcaptcha", "ru", "Вы не робот?", '<div class="CheckboxCaptcha"><p>Подтвердите, что запросы отправляли вы, а не робот</p>'
             '</div>'),
    _blocked("baidu", "zh", "百度安全验证", '<div class="mod-vcode"><p>请完成下方验证</p><p>网络不给力，请稍后重试</p></div>'),
    _blocked("weixin", "zh", "微信公众平台", '<div class="weui-msg"><h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。</p><a id="js_verify">去'
             '验证</a></div>'),
    _blocked("weibo", "zh", "Sina Visitor System", '<div class="vs"><p>正在验证您的访问环境，请稍候</p></div>'),
    _blocked("aliyun", "zh", "访问验证", '<div id="nocaptcha"><p>访问异常，请拖动滑块完成验证</p></div>'),
    _blocked("captcha-hant", "zh-Hant", "安全驗證", '<div class="captcha-box"><p>請輸入圖中文字，證明您不是機器人。</p></div>'),
    _blocked("captcha-ko", "ko", "보안 확인", '<div class="captcha"><p>자동 입력 방지 문자를 입력해 주세요. 로봇이 아님을 확인합니다.</p></div>'),
    _blocked("captcha-fr", "fr", "Vérification", '<div class="captcha"><h1>Confirmez que vous n’êtes pas un robot</h1><p>Votre connexion a été '
             'jugée inhabituelle.</p></div>'),
    _blocked("sucuri", "en", "Sucuri WebSite Firewall - Access Denied", '<section class="center"><h1>Access Denied - Sucuri Website Firewall'
             '</h1><p>If you are the site owner, please open a ticket.</p></section>'),
    _blocked("forbidden", "en", "403 Forbidden", '<center><h1>403 Forbidden</h1></center><hr><center>nginx</center>'),
    _blocked("rate-limit", "en", "Too many requests", '<h1>Too many requests</h1><p>You have made too many requests. Please wait a moment '
             'and try again.</p>'),
    _blocked("geo", "en", "451: Unavailable due to legal reasons", '<h1>451: Unavailable due to legal reasons</h1><p>We recognise you are '
             'attempting to access this website from a country in the European Economic Area, and access cannot be granted at this '
             'time.</p>'),
    _blocked("js-only", "en", "bell.example", '<noscript>You need to enable JavaScript to run this app.</noscript><p>Verifying you are human. '
             'This may take a few seconds.</p>'),
]  # fmt: skip

GATES = [*AGE, *COOKIES, *REMOVED, *BLOCKED]
