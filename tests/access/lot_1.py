"""The first lot of structures that were written when the rules stood: are they worth it?"""

from __future__ import annotations

from access.cases import Case
from access.walls import PAID

LOT_1 = [
    Case(name="l-nyt-dock", state="subscriber", cut=True, shown="long", wall='<div data-testid="onsite-messaging-unit"><h2>Thank you for your '
         'patience while we verify access.</h2></div><div class="gw"><p>Want all of the Bell? <a href="/subscribe">Subscribe</a>.</p></div>',
         facts=PAID),
    Case(name="l-times", state="subscriber", cut=True, wall='<div class="article-restrict"><h3>Read the full article</h3><p>Start your free trial '
         'today. Already have a subscription? <a href="/login">Log in</a></p><a href="/join">Start trial</a></div>'),
    Case(name="l-axios", state="subscriber", cut=True, wall='<div class="pro-gate"><h4>This content is available exclusively for Pro '
         'subscribers</h4><button>Learn more</button></div>'),
    Case(name="l-newsletter-paid", state="subscriber", cut=True, shown="long", wall='<div class="x"><h3>Keep reading with a 7-day free trial</h3>'
         '<p>Subscribe to <b>The Bell Letter</b> to keep reading this post and get 7 days of free access to the full post archives.</p>'
         '<a href="/subscribe?x=1">Start trial</a></div>'),
    Case(name="l-spektrum", state="subscriber", cut=True, lang="de", wall='<div class="pay"><p>Das vollständige Interview lesen Sie mit unserem '
         'Digital-Abo.</p><a href="/abo">Abo abschließen</a><a href="/login">Ich habe schon ein Abo</a></div>'),
    Case(name="l-regional-de", state="subscriber", cut=True, lang="de", wall='<div class="paywall-teaser"><h3>Sie möchten weiterlesen?</h3><ul><li>'
         'Alle Artikel</li><li>Jederzeit kündbar</li></ul><a href="/shop">Jetzt Zugang sichern</a></div>'),
    Case(name="l-mediapart", state="subscriber", cut=True, lang="fr", wall='<div class="paywall-message"><p>Pour lire la suite, abonnez-vous ou '
         'identifiez-vous.</p><a href="/abonnement">Je m’abonne</a></div>'),
    Case(name="l-echos", state="subscriber", cut=True, lang="fr", wall='<section class="sc-x"><h2>Contenu réservé aux abonnés</h2><p>Offre '
         'découverte : 1 couronne le premier mois.</p><a href="/offres">Découvrir nos offres</a></section>'),
    Case(name="l-elpais", state="subscriber", cut=True, lang="es", wall='<div id="ctn_freemium_article"><h2>Suscríbete para continuar leyendo</h2>'
         '<p>Si ya tienes una cuenta, <a href="/login">inicia sesión</a>.</p></div>', facts=PAID),
    Case(name="l-socios", state="subscriber", cut=True, lang="es", wall='<div class="soc"><p>Este artículo es exclusivo para socios. Hazte socio '
         'para leerlo entero.</p><a href="/socios">Hazte socio</a></div>'),
    Case(name="l-repubblica", state="subscriber", cut=True, lang="it", wall='<div class="inline-pw"><p>Il resto dell’articolo è disponibile solo per '
         'chi è abbonato.</p><a href="/abbonati">Abbonati</a></div>'),
    Case(name="l-oglobo", state="subscriber", cut=True, lang="pt", wall='<div class="barreira"><p>Para continuar lendo, assine o Sino.</p><a '
         'href="/assine">Assine</a></div>'),
    Case(name="l-nrc", state="subscriber", cut=True, lang="nl", wall='<div class="px"><h3>Verder lezen?</h3><p>Neem een abonnement en lees alle '
         'artikelen.</p><a href="/abonneren">Bekijk abonnementen</a></div>'),
    Case(name="l-wyborcza", state="subscriber", cut=True, lang="pl", wall='<div class="art_blocked"><p>Dalsza część artykułu jest dostępna dla '
         'prenumeratorów.</p><a href="/prenumerata">Kup prenumeratę</a></div>'),
    Case(name="l-vedomosti", state="subscriber", cut=True, lang="ru", wall='<div class="x-pay"><p>Полная версия статьи доступна подписчикам.</p><a '
         'href="/pay">Купить подписку</a></div>'),
    Case(name="l-toyokeizai", state="subscriber", cut=True, lang="ja", wall='<div class="a3"><p>この記事の続きは有料会員の方のみご覧いただけます</p><a '
         'href="/plan">有料会員プランを見る</a></div>'),
    Case(name="l-wsjcn", state="subscriber", cut=True, lang="zh", wall='<div class="b2"><p>试读已结束，购买会员后继续阅读全文</p><button>购买会员</button></div>'),
    Case(name="l-mirror-hk", state="subscriber", cut=True, lang="zh-Hant", wall='<div class="c9"><h3>想繼續閱讀？</h3><p>加入付費會員，支持獨立報道</p><a '
         'href="/join">成為會員</a></div>'),
    Case(name="l-joongang", state="subscriber", cut=True, lang="ko", wall='<div class="d4"><p>이 콘텐트는 유료 구독자에게만 제공됩니다.</p><a href="/plus">'
         '구독하기</a></div>'),
    Case(name="l-ynet", state="subscriber", cut=True, lang="he", wall='<div class="premium-lock"><p>הכתבה המלאה פתוחה למנויים</p><a href="/sub">'
         'הצטרפו</a></div>'),
    Case(name="l-reg-en", state="registration", cut=True, wall='<div class="s"><h3>To continue reading, log in or register</h3><p>Registration is '
         'free and takes a minute.</p><a href="/id">Continue</a></div>'),
    Case(name="l-reg-google", state="registration", cut=True, wall='<div class="t"><p>Sign up for free to unlock this article.</p><button>Sign up '
         'with Google</button></div>'),
    Case(name="l-reg-fr", state="registration", cut=True, lang="fr", wall='<div class="u"><p>Connectez-vous pour lire cet article</p><a '
         'href="/connexion">Connexion</a></div>'),
    Case(name="l-reg-de", state="registration", cut=True, lang="de", wall='<div class="v"><p>Bitte melden Sie sich an, um den Artikel zu lesen.</p>'
         '<button>Anmelden</button></div>'),
    Case(name="l-reg-ja", state="registration", cut=True, lang="ja", wall='<div class="w"><p>会員登録（無料）して全文を読む</p><a href="/signup">登録</a></div>'),
    Case(name="l-reg-zh", state="registration", cut=True, lang="zh", wall='<div class="y"><p>请登录后查看完整内容</p><button>微信登录</button></div>'),
    Case(name="l-meter-en", state="metered", shown="whole", wall='<div class="metered-message"><p>1 of 3 free articles this month</p><a '
         'href="/subscribe">Subscribe</a></div>'),
    Case(name="l-meter-de", state="metered", shown="whole", lang="de", wall='<div class="meter-layer"><p>Noch 2 kostenlose Artikel in diesem Monat.</p>'
         '<a href="/abo">Abo</a></div>'),
    Case(name="l-meter-zh", state="metered", shown="whole", lang="zh-Hant", wall='<div class="meter-hint"><p>本月剩餘 3 篇免費文章</p><a href="/plan">訂閱'
         '</a></div>'),
    Case(name="l-age-en", state="age", frame="bare", title="Adults only", wall='<div class="gate"><h1>Adults only</h1><p>You must be over 18 to read '
         'this article.</p><button>I am over 18</button></div>'),
    Case(name="l-age-sv", state="age", frame="bare", lang="sv", title="Bell", wall='<div class="alder"><h2>Har du fyllt 18 år?</h2><button>Ja</button>'
         '<button>Nej</button></div>'),
    Case(name="l-cookie-nl", state="cookies", frame="bare", lang="nl", title="Cookies", wall='<main><h1>Accepteer cookies om door te gaan</h1><p>Of '
         'neem een abonnement zonder advertenties.</p><button>Accepteren</button></main>'),
    Case(name="l-cookie-fr", state="cookies", frame="bare", lang="fr", title="Bell", wall='<div class="choix"><h2>Comment souhaitez-vous accéder à nos '
         'articles ?</h2><button>Accepter les cookies et continuer gratuitement</button><a href="/abo">S’abonner sans publicité</a></div>'),
    Case(name="l-cookie-de", state="cookies", frame="bare", lang="de", title="Bell", wall='<div class="c"><p>Lesen Sie die Bell mit Werbung und Cookies '
         'oder schließen Sie ein Pur-Abo ab.</p><button>Zustimmen und weiter</button></div>'),
    Case(name="l-404-en", state="removed", frame="framed", title="We can't find that page", wall='<h1>We can’t find that page</h1><p>It may have been '
         'deleted, or you may have followed a bad link.</p>'),
    Case(name="l-404-fi", state="removed", frame="framed", lang="en", title="Sivua ei löytynyt", wall='<h1>Sivua ei löytynyt</h1><p>Hakemaasi sivua ei '
         'ole.</p>'),
    Case(name="l-gone-zh", state="removed", frame="framed", lang="zh", title="蓝湖日报", wall='<p>您访问的文章已被作者删除</p>'),
    Case(name="l-gone-es", state="removed", frame="framed", lang="es", title="Bell", wall='<h1>Lo sentimos, esta noticia ha sido eliminada</h1>'),
    Case(name="l-bot-en", state="blocked", frame="bare", title="Security check", wall='<h1>One more step</h1><p>Please complete the security check to '
         'access bell.example</p><div class="h-captcha"></div>'),
    Case(name="l-bot-cf", state="blocked", frame="bare", title="Verifying you are human. This may take a few seconds.", wall='<div class="cf-turnstile">'
         '</div><p>bell.example needs to review the security of your connection before proceeding.</p>'),
    Case(name="l-bot-zh", state="blocked", frame="bare", lang="zh", title="滑动验证页面", wall='<div class="nc"><p>为了您的账号安全，请拖动滑块完成拼图</p></div>'),
    Case(name="l-cut-en", state="truncated", cut=True, wall='<p class="more"><a href="https://other.example/a">Read the rest of this entry »</a></p>'),
    Case(name="l-cut-ja", state="truncated", cut=True, lang="ja", wall='<p><a href="/2">全文を読む→</a></p>'),
    Case(name="open-l-plans", state="open", shown="brief", wall='<p>The council wants readers of its plans to register at the town hall and sign up '
         'for a seat.</p>'),
    Case(name="open-l-member", state="open", shown="brief", wall='<div class="cta"><h3>Become a member</h3><p>Members keep the Bell free for all.</p>'
         '<a href="/join">Join</a></div>'),
    Case(name="open-l-continue", state="open", shown="brief", wall='<div class="ad-note"><p>Advertisement. Story continues below.</p></div>'),
    Case(name="open-l-app", state="open", shown="brief", wall='<div class="app"><p>Read more stories in our app.</p><a href="app://">Get the app</a></div>'),
    Case(name="open-l-archive", state="open", shown="brief", wall='<div class="arch"><p>Subscribers have access to our archive since 1871.</p><a '
         'href="/archive">Archive</a></div>'),
    Case(name="open-l-de", state="open", lang="de", shown="brief", wall='<div class="b"><p>Mehr zum Thema lesen Abonnenten in der Wochenendausgabe.</p>'
         '</div>'),
    Case(name="open-l-ja", state="open", lang="ja", shown="brief", wall='<ul class="ranking"><li><a href="/1">桟橋の話 <i>有料記事</i></a></li><li><a '
         'href="/2">会員登録のご案内</a></li></ul>'),
    Case(name="open-l-zh", state="open", lang="zh", shown="brief", wall='<div class="b"><p>下载客户端，阅读更多新闻</p><a href="/app">下载</a></div>'),
    Case(name="open-l-ko", state="open", lang="ko", shown="brief", wall='<div class="b"><p>구독을 누르면 새 기사를 알려 드립니다.</p><button>구독</button></div>'),
    Case(name="open-l-fr", state="open", lang="fr", shown="brief", wall='<div class="b"><p>Vous aimez cet article ? Abonnez-vous à notre journal.</p>'
         '<a href="/abo">S’abonner</a></div>'),
    Case(name="open-l-gallery", state="open", shown="none", wall='<figure><img src="/1.jpg" alt="The boat"><figcaption>The boat leaves the '
         'yard.</figcaption></figure>'),
]  # fmt: skip
