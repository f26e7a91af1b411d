# Cadre de la page, navigation, mots communs
site-name = Khuê
skip-to-content = Aller au contenu principal
nav-main = Principale
nav-footer = Pied de page
nav-language = Langue
nav-breadcrumb = Fil d’Ariane
nav-home = Accueil
nav-search = Recherche
nav-browse = Parcourir
nav-collections = Collections
nav-help = Aide
nav-about = À propos
nav-accessibility = Accessibilité
nav-privacy = Vie privée
footer-about = Le portail ouvert de ressources pédagogiques pour tout un système scolaire.
theme = Apparence
theme-light = Apparence claire
theme-dark = Apparence sombre
theme-auto = Apparence du système
offer-language = Cette page existe aussi en français.
offer-language-link = La lire en français
see-all = Tout voir
copy = Copier
copied = Copié
by = Par { $names }
tile-count =
    { $count ->
        [one] { $count } ressource
       *[other] { $count } ressources
    }
size-bytes = { $size } o
size-kilobytes = { $size } ko
size-megabytes = { $size } Mo
size-gigabytes = { $size } Go
duration-hours = { $hours } h
duration-minutes = { $minutes } min
language-vi = Vietnamien
language-en = Anglais
language-fr = Français
language-de = Allemand
language-es = Espagnol
language-pt = Portugais
language-it = Italien
language-ru = Russe
language-zh = Chinois
language-ja = Japonais
language-ko = Coréen
language-km = Khmer
language-lo = Lao
language-th = Thaï
language-id = Indonésien
language-ar = Arabe
language-pl = Polonais
language-nl = Néerlandais

not-found-title = Page introuvable
not-found-text = Cette adresse ne mène nulle part. La ressource a peut-être été retirée, ou l’adresse est mal saisie. Essayez une recherche, ou parcourez les matières.
failure-title = Une erreur s’est produite
failure-text = La faute vient du portail, pas de vous. L’erreur a été enregistrée. Rechargez la page dans quelques minutes.
busy-title = Le portail est très sollicité
busy-text = Trop de demandes arrivent en ce moment. Réessayez dans quelques secondes.
