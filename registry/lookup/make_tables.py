"""Makes the tables of sounds and of simplified characters that the look-up reads; nothing else needs these two packages.

    .venv/bin/python -m registry.lookup.make_tables

pypinyin gives the sounds, OpenCC the simplified characters. A character that is read in several ways gets the
reading it has most often in the words of enterprise names below, else the one pypinyin gives it alone.
"""

from collections import Counter, defaultdict
from pathlib import Path

from opencc import OpenCC
from pypinyin import lazy_pinyin

from registry.lookup.gazetteer import PREFECTURES, read_prefectures
from registry.lookup.letters import SIMPLIFIED_FILE, SOUNDS_FILE

FIRST, LAST = 0x4E00, 0x9FFF
_EXTENSION_A = 0x3400
_A_LINE = 30

NAME_WORDS = (
    "银行 商行 支行 分行 行业 重庆 重庆 会计 会展 会所 长春 长沙 长治 长葛 长江 长安 长兴 长城 长虹 长丰 "
    "都市 首都 成都 调味 调料 空调 传媒 传动 宝藏 西藏 藏药 校准 学校 朝阳 单县 参茸 人参 车行 率先 设计 畜牧 "
    "数据 数码 降解 降温 石家庄 厦门 大厦 大连 广厦 便利 便民 中医 种植 种子 种业 种养 康乐 欢乐 快乐 得利 提供 供应 供电 都匀 "
    "强盛 盛世 兴盛 昌盛 华盛 隆盛 盛达 曾氏 仇氏 解放 系统 联系 地产 地方 差旅 和谐 和平 泰和 和泰 发展 发达 理发 转运 中转 "
    "分公司 分店 背景 折弯 打折 尽责 露天 薄膜 薄板 模具 模型 颈椎 折叠 宿舍 宿迁 星宿 量具 计量 石材 石油 万石 涡轮 涡阳 "
    "曲靖 曲轴 歌曲 六安 亳州 台州 台湾 夏都 华夏 炮制 燕山 燕京 好又多 爱好 友好 纤维 化纤 合作社 合肥 给水 给排水 间隔 "
    "车间 教育 教学 相机 照相 兴旺 兴业 复兴 兴隆 应用 供应链 行车 旅行社 旅行社 为民 大有作为 创业 创新 "
    "正大 正泰 正源 朴素 卡车 关卡 扎兰屯 包扎 番禺 吐鲁番 蚌埠 柏林 松柏 秘书 奇石 奇瑞 泊头 漂亮 巷道 铅山 铅笔 "
    "丽水 美丽 洞庭 洪洞 弹簧 弹性 乘用车 场地 广场 农场 市场 石景山 处理 办事处 当地 钉子 斗门 漫斗 冠军 桂冠 冠达 金冠 "
    "勾兑 观光 道观 广元 加盟 夹具 结构 团结 劲松 强劲 居民 据点 圈养 商圈 亮丽 凉山 量子 测量 蒙古 宁夏 宁波 安宁 切割 "
    "任丘 责任 缝纫 裁缝 舍得 省会 石化 似锦 苔藓 挑选 通达 吐鲁番 温泉 鲜花 海鲜 新鲜 血液 要素 饮料 钻石 钻探 转换 载重 "
    "下载 扬州 弘扬 仔猪 作坊 作业 油坊 磨坊 牌坊"
)
"""Words of enterprise names in which the characters of several readings are read as they are in names."""

_HEAD_OF_SOUNDS = """\
# How each character of the block 4E00 to 9FFF is read, without tones: a syllable, then its characters. One reading each:
# the one it has in enterprise names. Made by registry/lookup/make_tables.py with pypinyin (MIT licence,
# https://github.com/mozillazg/python-pinyin); do not edit.
"""
_HEAD_OF_SIMPLIFIED = """\
# Traditional characters and variants, each followed by its simplified one. Made by registry/lookup/make_tables.py with
# OpenCC (Apache Licence 2.0, https://github.com/BYVoid/OpenCC); do not edit.
"""


def sounds_text() -> str:
    """Give the text of the file of sounds."""
    heard: defaultdict[str, Counter[str]] = defaultdict(Counter)
    places = [place for row in read_prefectures(PREFECTURES) for place in row[1:]]
    for word in (*NAME_WORDS.split(), *places):
        for letter, sound in zip(word, lazy_pinyin(word), strict=True):
            heard[letter][sound] += 1
    of_sound: defaultdict[str, list[str]] = defaultdict(list)
    for code in range(FIRST, LAST + 1):
        letter = chr(code)
        alone = lazy_pinyin(letter)[0]
        sound = max(heard[letter], key=heard[letter].__getitem__) if letter in heard else alone
        if sound.isascii() and sound.isalpha():
            of_sound[sound].append(letter)
    lines = [f"{sound} {''.join(letters)}\n" for sound, letters in sorted(of_sound.items())]
    return _HEAD_OF_SOUNDS + "".join(lines)


def simplified_text() -> str:
    """Give the text of the file of simplified characters."""
    convert = OpenCC("t2s").convert
    letters = [chr(code) for code in range(_EXTENSION_A, LAST + 1)]
    pairs = [letter + convert(letter) for letter in letters]
    kept = [pair for pair in pairs if len(pair) == 2 and pair[0] != pair[1]]
    lines = [" ".join(kept[at : at + _A_LINE]) + "\n" for at in range(0, len(kept), _A_LINE)]
    return _HEAD_OF_SIMPLIFIED + "".join(lines)


def main(folder: Path) -> None:
    """Write both files into a folder."""
    (folder / SOUNDS_FILE).write_text(sounds_text(), encoding="utf-8")
    (folder / SIMPLIFIED_FILE).write_text(simplified_text(), encoding="utf-8")


if __name__ == "__main__":
    main(PREFECTURES.parent)
