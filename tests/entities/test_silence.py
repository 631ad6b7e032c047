"""Text that names no drug: news of other fields, everyday medicine, and oncology in general terms."""

from __future__ import annotations

import csv
from importlib import resources

import pytest

from oncospan.model import Article
from oncospan.pipeline import default_pipeline

PARAGRAPHS = [
    (
        "国家统计局19日公布,前三季度国内生产总值同比增长4.8%,规模以上工业增加值增长6.2%。分析人士认为,H200等高端芯片出口管制和RTX4090显卡价格波动,"
        "使算力成本上升,但A股数字经济板块成交额仍突破2.1万亿元。央行开展7天期逆回购操作2030亿元,利率维持1.40%。"
    ),
    (
        "中国中车披露,CR450AF动车组完成型式试验,试验时速450公里,整车按GB/T 19001质量管理体系制造,并通过ISO9001与EN45545认证。"
        "项目代号“复兴之翼”的样车将在京沪高铁投入试运营,车内设5G信号与Wi-Fi 6,座椅面料克重降低12%。"
    ),
    (
        "苹果公司发布iPhone 15与iPhone 17 Pro,搭载A19芯片,起售价5999元;华为Mate 70采用麒麟9020处理器。安卓阵营中,骁龙8至尊版与天玑9400的跑分差距缩小到3%。"
        "分析师称GPT-4之后的大模型将在手机端运行,端侧推理功耗下降40%。"
    ),
    (
        "五角大楼消息人士说,F-35与B-52参加了联合演习,M1A2坦克和K9自行火炮完成实弹射击,苏-57与歼-20的对比再成话题。"
        "空客A380停产后,A321XLR和波音777X成为航司首选,订单同比增加18%。"
    ),
    (
        "昨晚的欧冠比赛中,皇马3:1战胜曼城,姆巴佩梅开二度,哈兰德第67分钟扳回一球。赛后德布劳内表示,V8发动机般的中场推进让对手难以招架。"
        "意甲方面,尤文图斯以2:2战平那不勒斯,阿莱格里赛后抱怨判罚。"
    ),
    (
        "马拉松世界纪录保持者基普乔格宣布参加柏林站,他的队友基普图姆此前跑出2小时00分35秒。国际田联技术主管沙班诺夫称,WA2024规则将限制鞋底厚度为40毫米。"
        "亚军由埃塞俄比亚选手图拉获得,成绩提高了0.5%。"
    ),
    (
        "斯大林格勒保卫战纪念活动在伏尔加格勒举行,历史学家托马斯·罗马诺夫介绍了朱可夫和崔可夫的作战日记。档案显示,苏军第62集团军伤亡率超过75%,"
        "T-34坦克产量在1942年第四季度增长一倍。"
    ),
    (
        "男高音歌唱家帕瓦罗蒂的传记在米兰首发,指挥家阿巴多、卡拉扬的往事也被提及。主办方播放了《托斯卡》《图兰朵》选段,斯卡拉歌剧院上座率达98%,"
        "卡雷拉斯与多明戈发来视频祝贺。"
    ),
    "K-pop女团在首尔举办演唱会,周边T恤与U形枕十分钟售罄,门票收入同比增长35%。导演表示,影片《B座4层》豆瓣评分7.9,票房突破10亿元,MV播放量达2.3亿次。",
    "新能源车企公布8月销量,P7+与SU7合计交付3.6万辆,Model Y降价4%。电池供应商称,4680电池与M3P正极材料循环寿命提升到3000次,充电10%到80%只需12分钟。",
    (
        "科学家用JWST望远镜观测TRAPPIST-1行星系,发现K2-18b大气中甲烷含量约1%。NGC 1300星系的图像由STScI处理,论文编号为A&A 672 A53。"
        "另一团队在LHC的CMS实验中测得希格斯粒子衰变比例。"
    ),
    "中央气象台预计,强冷空气将使北方气温下降8至12摄氏度,G45、G60和S20部分路段可能结冰。铁路部门加开D701、G1等列车,C919执飞的上海至北京航线准点率为91%。",
    (
        "本市口腔医院开展义诊,医生建议每天刷牙两次、每年洗牙一次,血压高于140/90 mmHg的居民应到社区医院复查。COVID-19流行之后,体检人数同比增加20%,"
        "其中空腹血糖偏高者占12%,医生叮嘱少盐少油、多走路。"
    ),
    "乌鲁木齐到阿克苏、阿克陶的公路全线贯通,德吉卓玛和索朗带领合作社种植苹果,年收入增长15%。克拉玛依油田日产原油突破4万吨,哈尔滨冰雪大世界12月开园。",
    "教育部公布课程标准,化学教材增加了蒽醌、苯胺、乙醇胺与对氨基苯磺酸的合成实验,NaHCO3与H2SO4的用量改为5 mL。学生用pH试纸测得溶液酸度,误差在2%以内。",
    "阿根廷总统米莱会见世界银行行长,讨论比索贬值和通胀率回落到3.2%的问题。巴西财长哈达德称,安第斯开发银行将提供20亿美元贷款,智利铜价上涨1.8%。",
]

SENTENCES = [
    # Names of people and places that sound like drugs.
    "瑞林先生与安妮塔在布鲁塞尔会面",
    "外长沙班、总理德贾尔和财长莫司科出席会议",
    "阿姆斯特朗、卡梅隆和维尼修斯来到现场",
    "马里、索马里与安哥拉的代表发言",
    "歌手尼克拉斯和作家帕特里克获奖,患者故事打动观众",
    "其他赛事改期,决赛在马赛举行,医院组织观看",
    "上市公司他们不会投,患者也不会投",
    "这种口味比星巴克的好,病人也爱喝",
    "代替康复训练的做法并不可取,患者应遵医嘱",
    "地平线公司与印地尼亚集团签约,为医院供货",
    "英国莫司登医院的病人故事",
    "西西里利用旅游业发展经济,医院也受益",
    "拓扑学与克拉克定理在临床统计中的应用",
    "哈尔滨医科大学附属肿瘤医院的患者服务中心",
    "恩和拉克苏木的医院为癌症患者免费体检",
    "利物浦与阿森纳的球迷为患癌儿童募捐",
    "奥利塞、帕利尼亚和戈雷茨卡首发,队医未使用任何药物",
    "患者来自阿克苏,家住克拉玛依",
    # Classes, mechanisms and general terms of oncology.
    "国产单抗、进口单抗与双抗的价格差距正在缩小",
    "第三代替尼类药物和新一代单抗进入医保,患者负担减轻",
    "PD-1单抗联合化疗已成为晚期患者的标准治疗",
    "抗HER2单抗、抗VEGF单抗和抗EGFR单抗均可选择",
    "各种单抗、多种替尼和他汀类药物的相互作用",
    "铂类耐药的卵巢癌患者预后较差",
    "紫杉类、蒽环类和长春碱类药物的神经毒性",
    "含铂双药化疗的客观缓解率为30%",
    "使用PARP抑制剂、CDK4/6抑制剂与芳香化酶抑制剂的患者",
    "CAR-T细胞疗法、TIL疗法和双特异性抗体改变了血液肿瘤的治疗",
    "第三代EGFR-TKI耐药后可以再活检",
    "免疫检查点抑制剂相关肺炎需用激素治疗",
    "抗体偶联药物由抗体、连接子和载荷组成,治疗肿瘤",
    "同步放化疗与序贯放化疗的生存期相近",
    "患者既往接受过二线及以上系统治疗",
    "肿瘤患者应均衡营养,多吃蔬菜水果",
    "患者术后恢复良好,未用任何药物",
    # Regimens.
    "患者接受FOLFOX6、FOLFIRI、XELOX或CHOP-14方案化疗",
    "DHAP、ICE、GDP方案治疗复发淋巴瘤患者",
    "R-CHOP-21方案治疗6周期后达到完全缓解",
    "TCbHP与EC-T方案的病理完全缓解率相近",
    # Targets, genes, antigens, markers.
    "PD-L1、VEGF、TROP2、CLDN18.2与B7-H3是热门靶点,治疗肿瘤",
    "CDH17单抗、CEACAM5 ADC与GPRC5D双抗是在研方向,患者期待",
    "HSP90抑制剂和USP7抑制剂的研发进展,肿瘤治疗",
    "肿瘤标志物CA125、CA19-9、CEA和PSA水平升高",
    "敲低METTL14后肿瘤细胞增殖受抑,LINC01234表达下降",
    "血清IL-6、IL-10与TNF-α水平与患者预后相关",
    "miR-155组与miR-21组的肿瘤体积差异显著",
    "Ki-67为30%,CK20阳性,TTF-1阴性,患者确诊腺癌",
    "HPV16阳性患者的总生存期更长",
    # Cell lines and reagents.
    "A549、H1299、SGC7901与MDA-MB-231细胞株用于肿瘤实验",
    "给予DU145细胞不同浓度处理后,肿瘤细胞凋亡增加",
    "裸鼠接种HCT116细胞建立肿瘤移植瘤模型",
    "采用22C3、SP142和SP263试剂检测患者PD-L1表达",
    "68Ga-PSMA PET/CT和18F-FDG显像用于患者分期",
    # Trials, registries, scales, congresses.
    "KEYNOTE-189、CheckMate 227、IMpower150与DESTINY-Lung02研究入组患者",
    "NCT04379635、CTR20213456和ChiCTR2000039462为肿瘤临床试验的注册号",
    "ESMO 2024、ASCO2025和CSCO年会公布了肿瘤研究数据",
    "QLQ-C30与EQ-5D评分改善,患者ECOG评分0~1分",
    "按RECIST 1.1、CTCAE 5.0和Lugano 2014标准评估患者",
    "JCOG0603、RTOG9704与NSABP B-31研究的肿瘤患者随访",
    # Isotopes, devices, doses and other codes in medicine.
    "接受Ir-192后装与Co-60外照射治疗的肝癌患者",
    "患者接受60Gy/30F放疗,靶区包括GTV与CTV",
    "采用DSA引导和3.0T MRI扫描,层厚1.25 mm,患者取仰卧位",
    "医院采购的MR-Linac与CT750HD用于肿瘤放疗",
    "手术采用DaVinci Xi系统,术中出血50 mL,患者恢复良好",
    "接受TOMO、SBRT和TACE治疗的肝癌患者",
    "ICD-10编码C34.9的住院患者共128例,治疗费用下降",
    "患者BMI 24.5,LDH 230 U/L,HbA1c为6.5%,治疗前评估",
    # Everyday medicine.
    "医生建议患者多喝水、早睡,三天后复查血常规",
    "感冒患者可先观察,发热超过38.5度再就医",
    "针灸、推拿与太极拳对患者康复有帮助",
    "黄芪、人参、枸杞、灵芝炖汤,病人适量食用",
    "胰岛素抵抗、睾酮水平和雌激素受体影响肿瘤进展",
    "叶酸受体高表达与维生素D受体多态性",
    "人心安定,受伤群众全部得到治疗",
    "因不良反应停药的患者占5%",
    "尤文肉瘤与骨肉瘤患者的化疗",
    "患者利用业余时间学习疾病知识",
]


def found(text: str) -> list[str]:
    mentions = default_pipeline().read(Article("silence", text)).mentions
    return [f"{m.label} {m.text} {m.rule}" for m in mentions if m.label in ("DRUG", "MUTATION")]


@pytest.mark.parametrize("text", PARAGRAPHS, ids=range(len(PARAGRAPHS)))
def test_news_of_other_fields_names_no_drug_and_no_mutation(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", SENTENCES)
def test_sentence_without_a_drug_stays_silent(text: str) -> None:
    assert found(text) == []


def test_a_whole_page_of_them_stays_silent_too() -> None:
    assert found("\n".join([*PARAGRAPHS, *SENTENCES])) == []


CARRIERS = ("患者接受{}治疗后肿瘤缩小", "{}联合放疗用于肺癌患者", "与{}相比,口服{}的客观缓解率为30%")


@pytest.mark.parametrize("table", ["classes.csv", "regimens.csv"])
def test_no_class_and_no_regimen_is_a_drug(table: str) -> None:
    content = (resources.files("oncospan.entities.drug") / table).read_text(encoding="utf-8")
    expressions = [row[0] for row in csv.reader(content.splitlines()[1:])]

    loud = {
        expression: drugs
        for expression in expressions
        for carrier in CARRIERS
        if (drugs := [drug for drug in found(carrier.replace("{}", expression)) if drug.startswith("DRUG")])
    }

    assert len(expressions) > 100
    assert loud == {}
