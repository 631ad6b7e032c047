"""How entry into the national drug list of basic medical insurance is worded, and failure to enter it."""

from __future__ import annotations

import re

from oncospan.entities.regulatory.wording import Around, Decision

_ENTRY = r"(?:纳入|进入|进了|进|列入|新增|调入|增补|新纳入|跻身|入选|加入|入围|闯入|挤进|挺进)"
_ENTERED = re.compile(_ENTRY + r"(?:了|到|进)?(?:20\d\d年?)?(?:度)?(?:版|新版|最新)?(?:的)?(?:国家)?(?:基本)?\Z")
_AGREED = re.compile(
    r"(?:药品)?(?:目录)?[^,。;]{0,18}?(?:谈判成功|成功谈判|成功纳入|成功进入|准入成功|新增)"
    r"|局[^,。;]{0,6}?(?:纳入|列入)"
)
_INSIDE = re.compile(r"(?:药品)?目录(?:之)?(?:内|中|里|之列)(?!的)")
_NO_LISTING = re.compile(
    r"(?:药品)?(?:价|支付价|谈判(?!成功)|基金|控费|报销比例|局(?![^,。;]{0,6}(?:纳入|列入))|卡|患者|外|前|政策|支付标准|药店|降价)"
)
_OTHER_CATALOGUE = re.compile(r"基药|基本药物|优先|突破|医管局|药物名册|推荐|指导|指南|临床急需|惠民保|商保|丙类")


def read_listing(around: Around) -> Decision | None:
    """纳入医保目录, 医保谈判成功: the National Healthcare Security Administration decides."""
    before, _, after = around
    agreed = _AGREED.match(after)
    outside = re.match(r"(?:药品)?(?:目录)?(?:之)?外", after) and re.search(
        r"(?:仍|还|尚|均|都|至今)[^,。;]{0,4}在(?:国家)?\Z", before
    )
    if "无缘" in before[-6:] or outside:
        return Decision("nrdl_listing", "denied")
    if (_NO_LISTING.match(after) and not agreed) or re.search(r"(?:商业|惠民|城市|地方)\Z", before):
        return None
    inside = _INSIDE.match(after) and re.search(r"(?:在|位列|处于)(?:国家)?(?:基本)?\Z", before)
    return Decision("nrdl_listing", "listing") if _ENTERED.search(before) or agreed or inside else None


def read_insurer(_: Around) -> Decision | None:
    """`被国家医保局纳入`."""
    return Decision("nrdl_listing", "listing")


def read_catalogue(around: Around) -> Decision | None:
    """`经首次谈判即纳入目录`: which catalogue it is, the article has said before."""
    if _OTHER_CATALOGUE.search(around.before + around.after) or "医保" in around.before + around.after:
        return None
    return Decision("listed", "listing") if _ENTERED.search(around.before) else None


def read_shortlist(around: Around) -> Decision | None:
    """`折戟两年后成功入围`, `仍未能入围`, `A和B双双落选`, of the catalogue that the article is on."""
    told = around.before + around.after
    if around.word == "缺席":
        return Decision("listed", "denied") if re.search(r"目录(?:中|里|内)?[^,。;]{0,6}\Z", around.before) else None
    if "医保" in told or "目录" in told or not re.match(r"\Z|\)", around.after):
        return None
    if _OTHER_CATALOGUE.search(told) or re.search(r"决赛|榜|奖|口头报告|研究|投票|评选", told):
        return None
    return Decision("listed", "listing" if around.word == "入围" else "denied")


def read_group(around: Around) -> Decision | None:
    """`新增品种有A、B`, `续约成功的包括C`, `未能纳入的是D`: a part of the catalogue's news, with its drugs behind."""
    opens = re.match(
        r"(?:目录|医保)?(?:的)?(?:药品|品种|药物|抗癌药|肿瘤药|抗肿瘤药|产品|名单)?(?:中)?(?:有|包括|为|是|则是|则有)",
        around.after,
    )
    if not opens or _OTHER_CATALOGUE.search(around.before) or re.search(r"适应症|研究|入组", around.before):
        return None
    return Decision("listed", "denied" if around.word[0] in "未无" else "listing")


def read_talks(around: Around) -> Decision | None:
    """谈判成功, and 未能谈成, of a drug in an article on the insurance list."""
    if "医保" in around.before + around.after:
        return None
    if around.word not in ("谈判成功", "谈成"):
        return Decision("listed", "denied")
    return Decision("listed", "listing") if re.match(r"\Z|[,)]|[^,。;]{0,3}\Z", around.after) else None
