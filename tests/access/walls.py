"""Walls that ask for money or a name, and texts that are cut, in the structures of real ones."""

from __future__ import annotations

from access.cases import Case

PAID = {"isAccessibleForFree": False}
PART = {
    "isAccessibleForFree": "False",
    "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paid"},
}


def _sub(name: str, lang: str, wall: str, **more) -> Case:
    return Case(name=name, state="subscriber", lang=lang, wall=wall, **{"cut": True, **more})


def _reg(name: str, lang: str, wall: str, **more) -> Case:
    return Case(name=name, state="registration", lang=lang, wall=wall, **{"cut": True, **more})


def _met(name: str, lang: str, wall: str, **more) -> Case:
    return Case(name=name, state="metered", lang=lang, wall=wall, **{"cut": False, **more})


def _cut(name: str, lang: str, wall: str, **more) -> Case:
    return Case(name=name, state="truncated", lang=lang, wall=wall, **{"cut": True, **more})


SUBSCRIBER = [
    _sub("ld-only", "en", "", facts=PAID),
    _sub("ld-part-only", "de", "", facts=PART),
    _sub("ld-whole-text", "en", "", facts=PAID, shown="whole", cut=False),
    _sub("microdata", "es", '<meta itemprop="isAccessibleForFree" content="false">'),
    _sub("tier-locked", "en", "", head='<meta property="article:content_tier" content="locked">'),
    _sub("tier-paid", "fr", "", head='<meta name="content_tier" content="paid">'),
    _sub("piano-inline", "en", '<div id="piano-inline" class="tp-container-inner"><div class="offer"><h2>Keep '
         'reading with a digital subscription</h2><p>One crown for the first month.</p>'
         '<a href="/offers" class="button">See your options</a></div></div>'),
    _sub("piano-modal-part", "en", '<div class="tp-modal"><div class="tp-iframe-wrapper"><p>Subscribe today to '
         'unlock this story and everything else we publish.</p><button>Unlock now</button></div></div>', facts=PART),
    _sub("poool", "fr", '<div id="poool-widget" class="poool"><h3>La suite de cet article est réservée aux abonnés</h3>'
         '<a href="https://abo.bell.example/">Je m’abonne pour 1 couronne</a><p>Déjà abonné ? <a href="/connexion">'
         'Se connecter</a></p></div>'),
    _sub("zephr", "en", '<div class="zephr-outcome"><h3>This article is for subscribers only</h3><p>Get full access '
         'from one crown a week.</p><a href="/subscribe">View offers</a></div>'),
    _sub("leaky-paywall", "en", '<div id="leaky_paywall_message"><p>You must <a href="/login">log in</a> or '
         '<a href="/subscribe">subscribe</a> to read the rest of this article.</p></div>'),
    _sub("memberpress", "en", '<div class="mp_wrapper"><div class="mepr-unauthorized-message"><p>You need a membership '
         'to view this content.</p></div><div class="mepr-login-form-wrap"><a href="/login">Log In</a></div></div>'),
    _sub("substack", "en", '<div class="paywall" data-testid="paywall"><h2 class="paywall-title">This post is for paid '
         'subscribers</h2><a href="/subscribe"><button>Subscribe</button></a><div class="paywall-login">Already a '
         'paid subscriber? <a href="/sign-in">Sign in</a></div></div>', facts=PAID),
    _sub("ghost-paid", "en", '<aside class="gh-post-upgrade-cta"><div class="gh-post-upgrade-cta-content"><h2>This '
         'post is for paying subscribers only</h2><a class="gh-btn" data-portal="signup">Subscribe now</a><p><small>'
         'Already have an account? <a data-portal="signin">Sign in</a></small></p></div></aside>'),
    _sub("washington-like", "en", '<div class="wall-overlay"><div data-qa="wall"><h3>Already a subscriber?</h3><a '
         'href="/signin">Sign in</a><p>Subscribe to continue reading</p><p>Get one year for 29 crowns.</p>'
         '<button>Get this offer</button></div></div>', facts=PAID),
    _sub("ft-like", "en", '<div class="barrier" id="barrier-page"><h2>Subscribe to unlock this article</h2><p>Try '
         'unlimited access: only one crown for four weeks.</p><a href="/buy">Choose a plan</a></div>',
         shown="line", facts=PAID),
    _sub("tall-gate", "en", '<div class="css-gate" data-testid="gateway"><p>This story is exclusively for '
         'members.</p><p>Become a member to read it in full.</p><a href="/join">Join us</a></div>'),
    _sub("steady", "de", '<div id="steady_paywall" class="steady-paywall"><h3>Dieser Text ist nur für Mitglieder</h3>'
         '<p>Mit einer Mitgliedschaft liest du weiter und hältst uns unabhängig.</p><button>Mitglied werden</button></div>'),
    _sub("plus-de", "de", '<section class="ps-box" data-area="paywall"><h2>Diesen Artikel weiterlesen mit Bell+</h2>'
         '<p>Jetzt testen: 1 Krone für vier Wochen.</p><a href="/abo">Zum Angebot</a><p>Sie haben bereits ein Abo? '
         '<a href="/anmelden">Hier anmelden</a></p></section>', facts=PART),
    _sub("z-plus", "de", '<aside class="gate gate--register"><p class="gate__kicker">Z+ (abopflichtiger Inhalt)</p><h3>'
         'Lesen Sie diesen Artikel mit einem Digitalabo</h3><a href="/angebot">4 Wochen testen</a></aside>'),
    _sub("lesen-mit-abo", "de", '<div class="box-7f"><p>Den vollständigen Artikel lesen Sie nur mit Abonnement.</p>'
         '<a class="cta" href="/shop/abo">Abonnieren</a></div>'),
    _sub("reste-75", "fr", '<section class="paywall"><p class="article__status">Il vous reste <strong>75.2%</strong> de '
         'cet article à lire. La suite est réservée aux abonnés.</p><a href="/abo">S’abonner</a></section>',
         shown="long", facts=PAID),
    _sub("abonnes-kicker", "fr", '<div class="restricted-block"><p>Article réservé à nos abonnés.</p><a href="/abonnement">'
         'Lire la suite avec un abonnement</a></div>', shown="line"),
    _sub("premium-fr", "fr", '<div class="fig-premium"><p>Cet article est réservé aux abonnés. Il vous reste 80% à '
         'découvrir.</p><button>Débloquer</button><p>Déjà abonné ? <a href="/login">Connectez-vous</a></p></div>'),
    _sub("suscribete", "es", '<div class="a_b_wall"><h3>Suscríbete para seguir leyendo</h3><p>Lee sin límites desde una '
         'corona.</p><a href="/suscripciones">Suscribirme</a><a href="/login">Ya soy suscriptor</a></div>', facts=PART),
    _sub("exclusivo-es", "es", '<div class="box"><p>Contenido exclusivo para suscriptores</p><a href="/planes">Ver planes'
         '</a></div>'),
    _sub("abbonati", "it", '<div class="paywall-adagio"><h4>Questo contenuto è riservato agli abbonati</h4><a '
         'href="/abbonamenti">Abbonati per continuare a leggere</a></div>', facts=PAID),
    _sub("corriere-like", "it", '<div class="shade"><p>Per continuare a leggere questo articolo attiva un abbonamento.</p>'
         '<a href="/offerte">Scopri le offerte</a><a href="/accedi">Accedi</a></div>'),
    _sub("assinantes", "pt", '<div class="c-paywall"><h3>Exclusivo para assinantes</h3><p>Assine e continue lendo esta '
         'reportagem.</p><a href="/assine">Assine já</a></div>', facts=PAID),
    _sub("folha-like", "pt", '<div class="j-box"><p>Este conteúdo é restrito a assinantes. Já é assinante? <a '
         'href="/login">Faça seu login</a></p><a href="/assinatura">Quero assinar</a></div>'),
    _sub("abonnees-nl", "nl", '<div class="wall__x"><h3>Alleen voor abonnees</h3><p>Lees dit artikel verder met een '
         'abonnement vanaf 1 kroon.</p><a href="/abonnementen">Word abonnee</a></div>'),
    _sub("dn-like", "sv", '<div class="paywall-box"><h2>Läs vidare med en prenumeration</h2><p>Artikeln är låst för '
         'prenumeranter.</p><a href="/kop">Bli prenumerant</a><a href="/logga-in">Logga in</a></div>', facts=PART),
    _sub("plus-sv", "sv", '<div class="b-plus"><p>För att läsa hela artikeln behöver du vara prenumerant.</p>'
         '<a href="/erbjudande">Köp nu</a></div>'),
    _sub("abonnenter-da", "da", '<div class="x-lock"><h3>Kun for abonnenter</h3><p>Få adgang til hele artiklen med et '
         'abonnement.</p><a href="/abonnement">Køb abonnement</a><a href="/login">Log ind</a></div>'),
    _sub("prenumerata", "pl", '<div class="article-locked"><p>Ten artykuł jest dostępny tylko dla prenumeratorów.</p>'
         '<a href="/prenumerata">Wykup dostęp</a></div>', facts=PAID),
    _sub("czytaj-dalej-pl", "pl", '<div class="k-box"><p>Aby czytać dalej, wykup prenumeratę cyfrową.</p><button>Wybierz '
         'pakiet</button></div>'),
    _sub("abone-tr", "tr", '<div class="premium-box"><p>Bu içerik yalnızca abonelere özeldir.</p><a href="/abonelik">'
         'Abone ol</a></div>'),
    _sub("devami-tr", "tr", '<div class="w-12"><p>Haberin devamını okumak için abone olun.</p><a href="/paketler">Paketleri '
         'gör</a><a href="/giris">Giriş yap</a></div>'),
    _sub("podpiska", "ru", '<div class="paywall__inner"><p>Материал доступен только по подписке.</p><a href="/subscribe">'
         'Оформить подписку</a></div>'),
    _sub("chitat-ru", "ru", '<div class="promo-x"><h4>Чтобы прочитать статью полностью, оформите подписку</h4><a '
         'href="/pay">Подписаться за 1 крону</a><a href="/login">Войти</a></div>', facts=PAID),
    _sub("arabic-sub", "ar", '<div class="sub-wall"><p>هذا المحتوى متاح للمشتركين فقط.</p><a href="/subscribe">اشترك الآن '
         'لمتابعة القراءة</a></div>'),
    _sub("arabic-rest", "ar", '<div class="bx"><h3>لقراءة المقال كاملا اشترك في النسخة الرقمية</h3><button>اشترك</button></div>'),
    _sub("hebrew-sub", "he", '<div class="hz-wall"><p>הכתבה זמינה למנויים בלבד.</p><a href="/subscribe">לרכישת מינוי</a></div>',
         facts=PAID),
    _sub("hebrew-rest", "he", '<div class="z1"><p>כדי להמשיך לקרוא הצטרפו כמנויים</p><a href="/minuy">להצטרפות</a></div>'),
    _sub("hindi-sub", "hi", '<div class="prime-wall"><p>यह लेख केवल सदस्यों के लिए है।</p><a href="/subscribe">पूरा लेख पढ़ने '
         'के लिए सब्सक्राइब करें</a></div>'),
    _sub("hindi-prime", "hi", '<div class="bx-9"><h3>आगे पढ़ने के लिए सब्सक्रिप्शन लें</h3><button>अभी खरीदें</button></div>'),
    _sub("nikkei-like", "ja", '<div class="paywall_p1"><p>この記事は有料会員限定です。</p><p>残り 842文字</p><a href="/plan">有料'
         '会員になると続きをお読みいただけます</a></div>', facts=PAID),
    _sub("asahi-like", "ja", '<div class="MainInner__x"><p>有料会員限定記事</p><p>残り1234文字（全文1680文字）</p><a '
         'href="/login">ログインして全文を読む</a></div>'),
    _sub("mainichi-like", "ja", '<div class="renewal-paid"><p>この記事は有料記事です。</p><p>残り560文字（全文700文字）</p>'
         '<button>いますぐ登録して続きを読む</button></div>', facts=PART),
    _sub("kounyu-ja", "ja", '<div class="nb"><p>この続きをみるには、記事を購入する必要があります。</p><button>購入手続きへ</button></div>'),
    _sub("caixin-like", "zh", '<div id="chargeWall" class="pay-box"><p>本文为付费内容，订阅后可阅读全文。</p><a href="/pay">立即订阅'
         '</a></div>'),
    _sub("fufei-yuedu", "zh", '<div class="x1"><p>此篇文章可付费阅读全文</p><button>付费解锁</button><span>已有会员？<a href="/login">'
         '登录</a></span></div>'),
    _sub("vip-zh", "zh", '<div class="vip-lock"><p>以下内容为会员专享，开通会员即可查看剩余 72% 内容</p><a href="/vip">开通会员</a></div>'),
    _sub("duan-like", "zh-Hant", '<div class="content-gate"><h3>本刊載內容版權為端傳媒所有，會員專享</h3><p>成為付費會員，閱讀全文</p>'
         '<a href="/subscription">立即加入</a></div>'.replace("端傳媒", "藍湖週報")),
    _sub("udn-like", "zh-Hant", '<div class="vip-cover"><p>這是訂戶限定報導，加入訂閱即可閱讀完整內容。</p><a href="/subscribe">訂閱</a></div>',
         facts=PAID),
    _sub("hk-lock", "zh-Hant", '<div class="lk"><p>訂閱會員方可繼續閱讀</p><button>馬上訂閱</button></div>'),
    _sub("korean-paid", "ko", '<div class="paid_wall"><p>이 기사는 유료 구독자 전용입니다.</p><a href="/plan">구독하고 계속 읽기</a></div>'),
    _sub("korean-premium", "ko", '<div class="box_lock"><p>구독자만 이어서 볼 수 있는 프리미엄 콘텐츠입니다.</p><button>구독 신청</button></div>'),
    _sub("plain-paragraph", "en", "<p>This article is for subscribers only. Subscribe or log in to read the rest.</p>"),
    _sub("picture-gate", "en", '<div class="offer-panel"><img src="/i/offer.jpg" alt=""><h3>There is more to this story. '
         'Subscribe to read on.</h3><a href="/subscribe">Subscribe</a></div>'),
    _sub("rcp", "en", '<div class="rcp_restricted"><p>This content is restricted to subscribers.</p></div>'),
    _sub("woo-members", "en", '<div class="woocommerce"><div class="wc-memberships-restriction-message">To access this post, '
         'you must purchase <a href="/product/gold">Gold membership</a>.</div></div>'),
    _sub("patron", "en", '<div class="patreon-locked-content-message"><p>To view this content, you must be a member of our '
         'Patreon at 3 crowns or more.</p><a href="/patreon">Unlock with Patreon</a></div>'),
    _sub("medium-like", "en", '<div class="mb"><h2>The author made this story available to members only.</h2><p>Upgrade to '
         'read the full story.</p><a href="/m/upgrade">Upgrade</a></div>'),
    _sub("app-wall", "en", '<div class="ev-meter-content ev-x"><p>To continue reading, choose a subscription.</p><ul><li>'
         '<a href="/buy/1">Monthly</a></li><li><a href="/buy/2">Yearly</a></li></ul></div>'),
    _sub("premium-tag-it", "it", '<div class="lck"><p>Articolo disponibile solo per gli abbonati.</p><button>Sblocca</button></div>'),
]  # fmt: skip

REGISTRATION = [
    _reg("regwall-en", "en", '<div class="reg-wall"><h2>Register for free to keep reading</h2><p>No card needed.</p><a '
         'href="/register">Create an account</a></div>'),
    _reg("free-account", "en", '<div class="rw-41"><h3>Create a free account to continue reading</h3><form action="/join">'
         '<button>Continue with email</button></form><p>Already registered? <a href="/login">Log in</a></p></div>'),
    _reg("sign-in-to-read", "en", '<section class="gateway"><p>Sign in to read the full article.</p><button>Sign in'
         '</button></section>'),
    _reg("ghost-free", "en", '<aside class="gh-post-upgrade-cta"><h2>Sign up now to read the post and get access to the full '
         'library of posts for free</h2><a class="gh-btn">Sign up now</a></aside>'),
    _reg("medium-free", "en", '<div class="mx"><h2>Create an account to read the full story.</h2><p>It is free.</p><button>'
         'Sign up with email</button></div>'),
    _reg("email-gate", "en", '<div class="email-gate"><p>Enter your email to continue reading this story.</p><form action="/go">'
         '<button>Continue</button></form></div>'),
    _reg("reg-de", "de", '<div class="regwall"><h3>Kostenlos registrieren und weiterlesen</h3><button>Jetzt registrieren'
         '</button></div>'),
    _reg("anmelden-de", "de", '<div class="lg-3"><p>Um diesen Artikel weiterlesen zu können, melden Sie sich bitte an.</p>'
         '<a href="/anmelden">Anmelden</a></div>'),
    _reg("inscrire-fr", "fr", '<div class="regw"><h3>Inscrivez-vous gratuitement pour lire la suite de cet article</h3>'
         '<a href="/inscription">Créer un compte</a></div>'),
    _reg("compte-fr", "fr", '<div class="q-2"><p>Créez un compte gratuit pour continuer votre lecture.</p><button>Créer mon '
         'compte</button></div>'),
    _reg("registrate-es", "es", '<div class="reg-box"><h3>Regístrate gratis para seguir leyendo</h3><a href="/registro">'
         'Registrarme</a></div>'),
    _reg("sesion-es", "es", '<div class="n7"><p>Inicia sesión para continuar leyendo este artículo</p><a href="/acceso">'
         'Iniciar sesión</a></div>'),
    _reg("registrati-it", "it", '<div class="registration-wall"><p>Registrati gratis per continuare a leggere l’articolo</p>'
         '<a href="/registrati">Registrati</a></div>'),
    _reg("cadastro-pt", "pt", '<div class="cad"><h3>Cadastre-se gratuitamente para continuar lendo</h3><button>Cadastrar'
         '</button></div>'),
    _reg("inloggen-nl", "nl", '<div class="acc"><p>Maak een gratis account aan om verder te lezen.</p><a href="/registreren">'
         'Account aanmaken</a></div>'),
    _reg("konto-sv", "sv", '<div class="kt"><p>Skapa ett gratis konto för att läsa vidare.</p><button>Skapa konto</button></div>'),
    _reg("zaloguj-pl", "pl", '<div class="zl"><p>Zaloguj się lub załóż bezpłatne konto, aby czytać dalej.</p><a href="/login">'
         'Zaloguj</a></div>'),
    _reg("giris-tr", "tr", '<div class="gy"><p>Yazının devamını okumak için ücretsiz üye olun veya giriş yapın.</p><a '
         'href="/giris">Giriş</a></div>'),
    _reg("voyti-ru", "ru", '<div class="auth-wall"><p>Зарегистрируйтесь или войдите, чтобы читать дальше. Это бесплатно.</p>'
         '<a href="/login">Войти</a></div>'),
    _reg("sajjil-ar", "ar", '<div class="rg"><p>سجل مجانا لمتابعة القراءة</p><button>إنشاء حساب</button></div>'),
    _reg("denglu-zh", "zh", '<div class="login-mask"><p>登录后阅读全文</p><a href="/login">立即登录</a></div>'),
    _reg("zhuce-zh", "zh", '<div class="m3"><p>未登录用户只能浏览部分内容，请先登录或免费注册后继续阅读。</p><button>免费注册</button></div>'),
    _reg("dengru-hant", "zh-Hant", '<div class="lgn"><p>請先登入會員以閱讀全文</p><a href="/member/login">登入</a></div>'),
    _reg("mianfei-hant", "zh-Hant", '<div class="free-reg"><p>免費註冊即可繼續閱讀</p><button>註冊</button></div>'),
    _reg("touroku-ja", "ja", '<div class="reg_p"><p>無料会員登録すると続きをお読みいただけます。</p><a href="/signup">無料会員登録</a></div>'),
    _reg("login-ja", "ja", '<div class="lj"><p>続きを読むにはログインが必要です</p><button>ログイン</button></div>'),
    _reg("login-ko", "ko", '<div class="login_wall"><p>로그인하시면 기사 전문을 보실 수 있습니다.</p><a href="/login">로그인</a></div>'),
    _reg("naver-like", "ko", '<div class="nv"><p>무료 회원가입 후 이어서 읽어보세요</p><button>회원가입</button></div>'),
    _reg("login-hi", "hi", '<div class="lh"><p>पूरी खबर पढ़ने के लिए लॉग इन करें</p><a href="/login">लॉग इन</a></div>'),
]  # fmt: skip

METERED = [
    _met("tier-metered", "en", "", head='<meta property="article:content_tier" content="metered">', shown="whole"),
    _met("left-en", "en", '<div class="meter-banner"><p>You have 2 free articles left this month.</p><a href="/subscribe">'
         'Subscribe</a></div>', shown="whole"),
    _met("counter-en", "en", '<div class="metered-content-note"><p>This is article 3 of 5. Subscribe for unlimited access.</p>'
         '<a href="/subscribe">See offers</a></div>', shown="whole"),
    _met("limit-en", "en", '<div class="paywall"><h2>You’ve reached your limit of free articles</h2><p>Subscribe to continue '
         'reading.</p><a href="/subscribe">Subscribe</a></div>', cut=True),
    _met("last-en", "en", '<div class="regiwall-dock"><p>This is your last free article. Subscribe for more.</p><a '
         'href="/subscribe">Subscribe now</a></div>', shown="whole"),
    _met("noch-de", "de", '<div class="paywall-meter"><p>Sie können noch 3 Artikel kostenlos lesen.</p><a href="/abo">Abo'
         '</a></div>', shown="whole"),
    _met("limit-de", "de", '<div class="paywall-l"><h3>Sie haben Ihr Kontingent an kostenlosen Artikeln aufgebraucht</h3>'
         '<p>Weiterlesen mit einem Abo.</p><a href="/abo">Abo bestellen</a></div>', cut=True),
    _met("reste-articles-fr", "fr", '<div class="metering"><p>Il vous reste 2 articles gratuits ce mois-ci.</p><a href="/abo">'
         'S’abonner</a></div>', shown="whole"),
    _met("quedan-es", "es", '<div class="metered-wall"><p>Te quedan 3 artículos gratis este mes.</p><a '
         'href="/suscripcion">Suscríbete</a></div>', shown="whole"),
    _met("limite-es", "es", '<div class="lim"><h3>Has alcanzado tu límite de artículos gratuitos</h3><p>Suscríbete para seguir '
         'leyendo.</p><a href="/suscripcion">Suscríbete</a></div>', cut=True),
    _met("restam-pt", "pt", '<div class="paywall-counter"><p>Você ainda tem 2 matérias gratuitas neste mês.</p><a '
         'href="/assine">Assine</a></div>', shown="whole"),
    _met("esauriti-it", "it", '<div class="pw-x"><h3>Hai esaurito gli articoli gratuiti del mese</h3><p>Abbonati per continuare '
         'a leggere.</p><a href="/abbonati">Abbonati</a></div>', cut=True),
    _met("ato-ja", "ja", '<div class="meter-note"><p>今月の無料記事は残り2本です。</p><a href="/plan">有料会員登録</a></div>', shown="whole"),
    _met("limit-ja", "ja", '<div class="paywall"><p>今月の無料閲覧本数の上限に達しました。</p><p>続きは有料会員登録でお読みいただけます。</p>'
         '<a href="/plan">登録</a></div>', cut=True),
    _met("shengyu-zh", "zh", '<div class="meter-tip"><p>本月您还可免费阅读 2 篇文章</p><a href="/sub">订阅</a></div>', shown="whole"),
    _met("yongwan-hant", "zh-Hant", '<div class="paywall-full"><p>您本月的免費文章已用完，請訂閱以繼續閱讀。</p><a href="/subscribe">訂閱'
         '</a></div>', cut=True),
    _met("ostalos-ru", "ru", '<div class="meter__bar"><p>У вас осталось 3 бесплатные статьи в этом месяце.</p><a href="/sub">'
         'Подписка</a></div>', shown="whole"),
    _met("limit-ko", "ko", '<div class="meter_bx"><p>이번 달 무료 기사를 모두 읽으셨습니다.</p><p>구독하고 계속 읽으세요.</p><a href="/plan">구독'
         '</a></div>', cut=True),
    _met("gratis-nl", "nl", '<div class="meter-bar"><p>U kunt deze maand nog 2 artikelen gratis lezen.</p><a '
         'href="/abonnementen">Abonneer</a></div>', shown="whole"),
    _met("ilmainen-sv", "sv", '<div class="metered-box"><p>Du har 1 gratis artikel kvar den här månaden.</p><a href="/kop">Bli '
         'prenumerant</a></div>', shown="whole"),
]  # fmt: skip

TRUNCATED = [
    _cut("continue-arrow", "en", '<p>The boat had been <a class="more-link" href="/full">Continue reading →</a></p>'),
    _cut("read-full-at", "en", '<p><a href="https://other.example/ferry">Read the full story at the Harbour Post</a></p>'),
    _cut("brackets", "en", "<p>Tickets will be sold at the […]</p>"),
    _cut("read-more-link", "en", '<p><a href="https://other.example/x">Read more…</a></p>'),
    _cut("weiterlesen", "de", '<p>Am Kai <a href="/voll">Weiterlesen …</a></p>'),
    _cut("ganzer-artikel", "de", '<p><a href="/voll">Den ganzen Artikel lesen</a></p>'),
    _cut("lire-suite", "fr", '<p>Le bateau <a href="/suite">Lire la suite</a></p>'),
    _cut("article-complet", "fr", '<p><a href="/suite">Lire l’article complet</a></p>'),
    _cut("seguir-leyendo", "es", '<p><a href="/mas">Seguir leyendo →</a></p>'),
    _cut("leer-completa", "es", '<p><a href="/mas">Leer la noticia completa</a></p>'),
    _cut("leggi-tutto", "it", '<p><a href="/tutto">Leggi tutto</a></p>'),
    _cut("leia-mais", "pt", '<p><a href="/tudo">Leia a matéria completa</a></p>'),
    _cut("lees-verder", "nl", '<p><a href="/meer">Lees verder</a></p>'),
    _cut("las-mer", "sv", '<p><a href="/mer">Läs hela artikeln</a></p>'),
    _cut("czytaj-pl", "pl", '<p><a href="/wiecej">Czytaj dalej</a></p>'),
    _cut("devamini-oku", "tr", '<p><a href="/devam">Devamını oku</a></p>'),
    _cut("chitat-dalee", "ru", '<p><a href="/dalee">Читать далее</a></p>'),
    _cut("iqra-ar", "ar", '<p><a href="/more">اقرأ المزيد</a></p>'),
    _cut("lehamshech-he", "he", '<p><a href="/more">להמשך קריאה</a></p>'),
    _cut("aage-hi", "hi", '<p><a href="/more">आगे पढ़ें</a></p>'),
    _cut("quanwen-zh", "zh", '<p><a href="/full">阅读全文&gt;&gt;</a></p>'),
    _cut("app-zh", "zh", '<div class="open-app"><a href="app://x">打开APP阅读全文</a></div>'),
    _cut("chakan-zh", "zh", '<p>（<a href="/full">点击查看全文</a>）</p>'),
    _cut("jixu-hant", "zh-Hant", '<p><a href="/full">繼續閱讀全文</a></p>'),
    _cut("tsuzuki-ja", "ja", '<p><a href="/full">続きを読む</a></p>'),
    _cut("zenbun-ja", "ja", '<p><a href="https://other.example/">記事の全文はこちら</a></p>'),
    _cut("deobogi-ko", "ko", '<p><a href="/full">기사 전체 보기</a></p>'),
]  # fmt: skip

WALLS = [*SUBSCRIBER, *REGISTRATION, *METERED, *TRUNCATED]
