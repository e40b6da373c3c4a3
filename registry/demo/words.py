"""The words fictional firms are made of: counties, trades and the characters of their brands.

Brands are put together from literary characters that no two real registers are likely to join; with the organisation
codes that start with MAXX and the reserved mail domain, nobody can take an invented figure for a real firm's.
"""

import msgspec

BRAND_FIRST = "溟岑霁翀骊澹珩簌祎昽璟霂崟濯嵘绯菀葳筠缃翊翎聿舸芃苒荻蔚觅谧邈钧铄霭鹭麓黛暄槿泓"
BRAND_SECOND = "川屿汀樾榭渚泽漪湛潇烨煦玥琛瑜璇畅砚磐秋穗竺笙筑纬绎耘舒舟荃莳萃蓁虹衍诚谷轩迩邑"
BRAND_THIRD = "衡隽铎铭锐锋晟昂启拓瀚恺淳朔翰逸腾骁骅鲲鹏麟皓晖昱旭晏宸宥宁桓然"
BRAND_FOURTH = "之如若亦乃惟其于兮哉焉斯维洵允聊言载曰矣"


class County(msgspec.Struct, frozen=True):
    """One county of the city; `weight` says how many of the firms are there."""

    code: str
    name: str
    weight: int
    prefixes: tuple[str, str, str]


class Trade(msgspec.Struct, frozen=True):
    """One class of GB/T 4754-2017 and what firms of it call themselves.

    weights     how often companies, sole traders and cooperatives are in it.
    innovative  whether firms of it come into question for titles of innovation.
    """

    code: str
    words: tuple[str, ...]
    company: int
    individual: int
    cooperative: int
    innovative: bool


_COUNTIES = """
410102 中原区 90 郑州 河南 郑州中原
410103 二七区 85 郑州 河南 郑州二七
410104 管城回族区 90 郑州 河南 郑州管城
410105 金水区 150 郑州 河南 郑州金水
410106 上街区 18 郑州 河南 郑州上街
410108 惠济区 40 郑州 河南 郑州惠济
410122 中牟县 70 郑州 河南 中牟县
410181 巩义市 45 巩义 河南 巩义市
410182 荥阳市 42 荥阳 河南 荥阳市
410183 新密市 40 新密 河南 新密市
410184 新郑市 60 新郑 河南 新郑市
410185 登封市 30 登封 河南 登封市
411002 魏都区 45 许昌 河南 许昌魏都
411003 建安区 50 许昌 河南 许昌建安
411024 鄢陵县 35 许昌 河南 鄢陵县
411025 襄城县 35 许昌 河南 襄城县
411081 禹州市 65 禹州 河南 禹州市
411082 长葛市 60 长葛 河南 长葛市
"""

# Code, words, weights of companies / sole traders / cooperatives, + where titles of innovation are in reach.
_TRADES = """
A0112 小麦种植|粮食种植|优质麦种植 2 6 140
A0141 蔬菜种植|果蔬种植|设施蔬菜 4 8 260
A0313 生猪养殖|畜牧养殖|种猪繁育 5 8 180
A0321 蛋鸡养殖|家禽养殖|禽业 3 5 120
B1019 石料开采|矿产开采|建材矿业 4 0 0
C1311 米业|粮油|稻谷加工 7 3 30
C1411 食品|糕点食品|烘焙食品 10 14 0
C1492 保健食品|营养食品|生物食品 6 0 0 +
C1819 服饰|制衣|服装 9 8 0
C2110 家具|木业|定制家居 9 9 0
C2231 包装|纸制品|纸箱 8 1 0
C2319 印务|包装印刷|彩印 8 3 0
C2641 涂料|新型涂料|化工涂料 7 0 0 +
C2651 新材料|高分子材料|合成材料 9 0 0 +
C2720 药业|制药|医药科技 7 0 0 +
C2770 医疗用品|卫生材料|卫材 8 0 0 +
C2929 塑业|塑料制品|塑胶 12 2 0 +
C3021 建材|水泥制品|管桩 12 2 0
C3089 耐火材料|高温材料|炉料 12 0 0 +
C3252 铝业|铝材|金属材料 8 0 0 +
C3311 钢构|钢结构|金属结构 14 3 0
C3360 表面处理|热处理|镀饰 7 1 0
C3391 铸造|精密铸造|铸业 10 1 0 +
C3432 起重机械|起重设备|重工 14 0 0 +
C3443 阀门|流体设备|管阀 11 0 0 +
C3451 轴承|传动科技|精密轴承 10 0 0 +
C3484 精密机械|机械零部件|机械加工 18 4 0 +
C3489 通用零部件|五金制品|紧固件 9 2 0 +
C3491 机器人|智能机器人|自动化装备 9 0 0 +
C3511 矿山机械|采掘装备|矿山装备 11 0 0 +
C3525 模具|精密模具|模塑 9 1 0 +
C3581 医疗器械|医疗设备|诊断设备 8 0 0 +
C3591 环保设备|环境装备|除尘设备 12 0 0 +
C3670 汽车零部件|汽配|汽车部件 13 0 0 +
C3821 变压器|电气|输变电设备 11 0 0 +
C3823 开关设备|配电设备|智能电气 12 0 0 +
C3831 电缆|线缆|电线电缆 11 0 0 +
C3841 锂电|电池|新能源 8 0 0 +
C3982 电子|电路|光电 9 0 0 +
C4011 自控仪表|工业控制|测控技术 10 0 0 +
C4016 智能仪表|水表|计量仪表 7 0 0 +
C4210 再生资源|循环科技|资源再生 7 4 0
D4415 风电|风能|风力发电 3 0 0
D4430 热力|供热|热能 3 0 0
D4511 燃气|天然气|燃气能源 3 0 0
E4710 建设|建筑工程|建筑 30 0 0
E4813 市政工程|路桥|道路工程 18 0 0
E4910 机电安装|电力工程|安装工程 18 2 0
E5011 装饰|装饰工程|幕墙装饰 26 14 0
F5123 果品|农产品|生鲜贸易 16 16 20
F5165 建材贸易|钢材|装饰材料 38 26 0
F5179 机电设备|工贸|设备贸易 40 8 0
F5211 商贸|百货|商业 34 30 0
F5212 超市|生活超市|购物 9 60 0
F5213 便利店|烟酒|副食 3 110 0
F5232 服装|鞋服|童装 6 75 0
F5251 大药房|药房|医药 10 16 0
F5281 五金|五金建材|水暖 6 55 0
F5292 电子商务|网络科技|优选 30 40 0
G5431 物流|货运|运输 30 26 0
G5821 货代|供应链|国际货运 14 2 0
G5990 仓储|冷链仓储|智慧仓储 8 0 0
H6110 酒店|大酒店|宾馆 8 6 0
H6210 餐饮|酒家|烩面 12 110 0
H6220 快餐|小吃|早餐 3 90 0
I6429 互联网信息|数字科技|信息服务 16 0 0 +
I6513 软件|软件技术|信息技术 32 0 0 +
I6531 系统集成|智能科技|信息工程 20 0 0 +
K7010 置业|房地产开发|地产 14 0 0
K7020 物业管理|物业服务|物业 18 0 0
K7030 房产经纪|不动产经纪|房产中介 6 8 0
L7211 企业管理|控股|实业投资 16 0 0
L7251 广告|传媒|文化传播 26 10 0
L7263 人力资源|劳务服务|劳务派遣 18 1 0
M7320 工程技术研究|技术研究院|新材料研究 8 0 0 +
M7452 检测技术|检验检测|质检技术 10 0 0 +
M7484 工程设计|规划设计|设计咨询 14 0 0
M7519 技术推广|农业科技|生物科技 24 1 20 +
N7820 环卫|环境服务|保洁 9 4 0
O8010 家政|家庭服务|月嫂服务 8 22 0
O8040 美发|美容|养发 2 62 0
O8111 汽车维修|汽车服务|汽修 9 40 0
P8391 职业培训|教育培训|技能培训 10 4 0
Q8425 口腔门诊|门诊|中医门诊 3 8 0
Q8514 养老服务|康养|护理院 5 1 0
R8930 健身|体育|运动健身 6 12 0
"""


def _counties() -> tuple[County, ...]:
    rows = (line.split() for line in _COUNTIES.split("\n") if line)
    return tuple(County(c, n, int(w), (p, q, r)) for c, n, w, p, q, r in rows)


def _trades() -> tuple[Trade, ...]:
    rows = [line.split() for line in _TRADES.split("\n") if line]
    return tuple(
        Trade(row[0], tuple(row[1].split("|")), int(row[2]), int(row[3]), int(row[4]), "+" in row)
        for row in rows
    )


COUNTIES = _counties()
TRADES = _trades()

SHOP_FORMS = ("店", "经营部", "商行", "铺", "坊", "门市部", "服务部", "馆")
COMPANY_FORMS = {"有限公司": 86, "有限责任公司": 11, "股份有限公司": 3}
