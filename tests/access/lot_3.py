"""A third lot of structures that were written when the rules stood."""

from __future__ import annotations

from functools import partial

from access.cases import gate, open_, wall

_wall, _gate, _open = (partial(make, "z") for make in (wall, gate, open_))

LOT_3 = [
_wall("a","subscriber","en",'<div class="z"><p>This is premium content. Log in or subscribe to view.</p><a href="/login">Log in</a></div>'),
_wall("b","subscriber","en",'<div class="z"><h4>Finish this article by becoming a member today</h4><button>Become a member</button></div>'),
_wall("c","subscriber","en",'<div class="z"><p>The rest of this article is behind our paywall.</p><a href="/subscribe">Subscribe now</a></div>'),
_wall("d","registration","en",'<div class="z"><p>Log in to continue.</p><button>Log in</button></div>'),
_wall("e","subscriber","de",'<div class="z"><p>Weiterlesen mit dem Digitalabo.</p><button>Testen</button></div>'),
_wall("f","subscriber","de",'<div class="z"><p>Dieser Artikel ist Abonnenten vorbehalten.</p><a href="/abo">Zum Abo</a></div>'),
_wall("g","subscriber","fr",'<div class="z"><p>La lecture de cet article est réservée aux abonnés.</p><a href="/abo">S’abonner</a></div>'),
_wall("h","registration","fr",'<div class="z"><p>Créez votre compte gratuitement pour lire la suite.</p><button>Créer</button></div>'),
_wall("i","subscriber","es",'<div class="z"><p>Este contenido es solo para suscriptores.</p><button>Suscribirse</button></div>'),
_wall("j","subscriber","it",'<div class="z"><p>Continua a leggere con un abbonamento.</p><button>Abbonati</button></div>'),
_wall("k","subscriber","pt",'<div class="z"><p>Assine para ler a matéria completa.</p><button>Assine</button></div>'),
_wall("l","subscriber","ja",'<div class="z"><p>ここから先は有料会員限定です</p><button>購読する</button></div>'),
_wall("m","registration","ja",'<div class="z"><p>ログインすると全文をお読みいただけます</p><button>ログイン</button></div>'),
_wall("n","subscriber","zh",'<div class="z"><p>剩余内容需付费后阅读</p><button>付费</button></div>'),
_wall("o","registration","zh-Hant",'<div class="z"><p>登入後即可閱讀全文</p><button>登入</button></div>'),
_wall("p","subscriber","ko",'<div class="z"><p>유료 회원만 전문을 읽을 수 있습니다.</p><button>가입</button></div>'),
_wall("q","subscriber","ru",'<div class="z"><p>Чтобы читать дальше, купите подписку.</p><button>Купить</button></div>'),
_wall("r","subscriber","nl",'<div class="z"><p>Lees verder met een abonnement.</p><button>Abonneer</button></div>'),
_wall("s","truncated","en",'<p><a href="/x">Continue to full article</a></p>'),
_wall("t","truncated","fr",'<p><a href="/x">Lire la suite de l’article</a></p>'),
_gate("u","age","de","Bell",'<div><h2>Sind Sie volljährig?</h2><button>Ja</button><button>Nein</button></div>'),
_gate("v","cookies","es","Bell",'<div><p>Acepta las cookies para seguir navegando gratis o suscríbete.</p><button>Aceptar</button></div>'),
_gate("w","removed","en","Bell",'<h1>Content not available</h1><p>The article you are looking for has expired.</p>'),
_gate("x","removed","fr","Bell",'<h1>Oups, cette page n’existe plus</h1>'),
_gate("y","removed","zh","Bell",'<p>很抱歉，您要访问的页面找不到了</p>'),
_gate("z","blocked","en","Are you human?",'<p>Please prove that you are not a robot.</p><div class="g-recaptcha"></div>'),
_gate("aa","blocked","zh","安全检测",'<p>您的访问过于频繁，请稍后再试</p>'),
_open("a","en",'<div class="p"><p>Log in to see what your friends read.</p><button>Log in</button></div>'),
_open("b","en",'<p>Members of the club can read the full report at the pier.</p>'),
_open("c","de",'<div class="p"><p>Abonnieren Sie unseren Kanal und lesen Sie keine Nachricht zu spät.</p><button>Abonnieren</button></div>'),
_open("d","fr",'<div class="p"><p>Téléchargez l’application pour continuer à suivre l’actualité.</p><a href="/app">App</a></div>'),
_open("e","es",'<div class="p"><p>Si quieres recibir más noticias, suscríbete al boletín.</p><button>Suscribirme</button></div>'),
_open("f","zh",'<div class="p"><p>注册成为会员，参与积分活动</p><button>注册</button></div>'),
_open("g","ja",'<div class="p"><p>ログインすると閲覧履歴が使えます</p><button>ログイン</button></div>'),
_open("h","ko",'<div class="p"><p>회원가입하고 포인트 받기</p><button>회원가입</button></div>'),
_open("i","en",'<figure><img src="/x.jpg"><figcaption>Subscribe to continue reading, says the board.</figcaption></figure>'),
_open("j","ru",'<div class="p"><p>Подпишитесь, чтобы получать новости первыми.</p><button>Подписаться</button></div>'),
_open("k","en",'<div class="p"><p>Already a subscriber? Log in to manage your account.</p><a href="/login">Log in</a></div>'),
]  # fmt: skip
