"""Entries in Chinese: two readers, honorifics inside posts, sentences after the list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.delegates.scripts.han import holds_several
from extract.note import read_note
from extract.types import Delegate, NoteVerbale
from ocr.types import Box, Line, Page, SecondReading, Word
from tests.extract.conftest import make_page
from tests.extract.letter import HEAD, TAIL

OPENING = (
    "中华人民共和国驻奥地利共和国大使馆向联合国毒品和犯罪问题办公室致意，荣幸地通知，",
    "中国政府指派以下人员组成代表团出席会议：",
    "",
)
CLOSING = ("", "顺致最崇高的敬意。")


def _page(*lines: str) -> Page:
    return make_page((*OPENING, *lines, *CLOSING), "zh")


def _note(*lines: str) -> NoteVerbale:
    return read_note((_page(*lines),))


def _row(delegate: Delegate) -> tuple[str | None, ...]:
    fields = (delegate.honorific, delegate.name, delegate.title, delegate.email)
    return tuple(v.text if v else None for v in fields)


def _with_second(page: Page, word: str, text: str, score: float = 0.97) -> Page:
    lines = []
    for line in page.lines:
        boxes = [w.box for w in line.words if w.text == word]
        seen = tuple(SecondReading(text, box, score, "second") for box in boxes)
        lines.append(replace(line, second=(*line.second, *seen)))
    return replace(page, lines=tuple(lines))


@pytest.mark.parametrize(("score", "name"), [(0.97, "周晓岚"), (0.6, "周晓风")])
def test_a_sure_second_reader_mends_one_character_of_a_name(score: float, name: str) -> None:
    page = _page("1. 周晓风女士", "条约法律司处长", "外交部")
    note = read_note((_with_second(page, "周晓风女士", "周晓岚女士", score),))
    (delegate,) = note.delegates
    assert delegate.name.text == name
    assert "readers_disagree" in {d.code for d in delegate.doubts}


def test_a_name_read_as_latin_letters_is_the_second_readers() -> None:
    page = _page("姓名： BAX", "职务：国际合作局处长", "单位：外交部")
    note = read_note((_with_second(page, "BAX", "蒋绍文"),))
    (delegate,) = note.delegates
    assert delegate.name.text == "蒋绍文"
    assert delegate.name.original == "BAX"


def test_a_post_that_ends_in_an_honorific_names_nobody() -> None:
    note = _note("1. 孙敏女士", "国际合作局高级检察官", "最高人民检察院")
    assert [_row(d)[:3] for d in note.delegates] == [("女士", "孙敏", "国际合作局高级检察官")]


def test_a_sentence_right_below_the_last_entry_is_no_part_of_it() -> None:
    note = _note(
        "1. 孙敏女士，外交部条约法律司处长", "如能为上述人员办理签证提供便利，将不胜感激。"
    )
    assert [_row(d)[2] for d in note.delegates] == ["外交部条约法律司处长"]


def test_angle_brackets_are_brackets() -> None:
    note = _note(
        "1、沈敏博士〈团长），司法部司法协助交流中心副主任〈电子邮箱：", "m.shen@moj.example.org)"
    )
    (delegate,) = note.delegates
    assert _row(delegate) == (
        "博士",
        "沈敏",
        "司法部司法协助交流中心副主任",
        "m.shen@moj.example.org",
    )
    assert delegate.role is not None
    assert delegate.role.text == "head"


def test_a_word_that_leads_to_a_name_is_none_of_it() -> None:
    note = read_note(
        (
            make_page(
                (
                    OPENING[0],
                    "中国代表团由李敏女士（最高人民法院审判员）任团长。",
                    *CLOSING,
                ),
                "zh",
            ),
        )
    )
    assert [d.name.text for d in note.delegates] == ["李敏"]


def test_a_second_reader_that_lost_the_surname_is_not_believed() -> None:
    page = _page("1. 钱培林博士", "经济犯罪侦查局处长", "公安部")
    note = read_note((_with_second(page, "钱培林博士", "培林博士", 0.99),))
    assert [d.name.text for d in note.delegates] == ["钱培林"]


def test_an_entry_whose_name_was_not_read_says_so() -> None:
    note = _note(
        "王敏女士",
        "经济犯罪侦查局处长",
        "公安部",
        "E-mail: min.wang@mps.example.org",
        "",
        "女士",
        "国际合作局法官",
        "最高人民法院",
        "E-mail: zhou@court.example.org",
    )
    assert [d.name.text for d in note.delegates] == ["王敏"]
    assert {d.code for d in note.doubts} & {"row_without_name", "address_without_person"}


def test_a_short_name_keeps_the_space_it_is_printed_with() -> None:
    note = _note("1. 周 岚女士，处长", "2. 林晓女士，处长")
    assert [d.name.text for d in note.delegates] == ["周 岚", "林晓"]


def test_a_short_line_is_ended_by_its_writer_where_one_more_sign_had_room() -> None:
    (delegate,) = _note("1. 周晓岚女士", "处长", "国家反洗钱监测分析中心").delegates
    assert _row(delegate)[2] == "处长"
    assert delegate.organization is not None
    assert delegate.organization.text == "国家反洗钱监测分析中心"


def test_a_name_of_another_language_is_told_by_its_sounds() -> None:
    note = _note("萨仁其木格女士", "高级法官", "最高人民法院", "", "阿尔斯兰·巴图先生", "主任科员")
    names = [p.name.text for p in note.delegates]
    assert names == ["萨仁其木格", "阿尔斯兰·巴图"]


def test_a_name_with_a_dot_stands_before_its_post() -> None:
    note = _note("团 长：", "阿依古丽·艾山 外交部条约法律司副司长 aygul@mfa.gov.cn")
    assert [_row(p)[1:] for p in note.delegates] == [
        ("阿依古丽·艾山", "外交部条约法律司副司长", "aygul@mfa.gov.cn")
    ]


def test_whom_a_line_below_the_list_names_makes_the_note_wait() -> None:
    note = _note("团 员：", "周晓风 司法部国际合作局处长 zhou.xf@sifa.example", "翻 译：孟岚")
    assert [p.name.text for p in note.delegates] == ["周晓风"]
    assert "entry_not_understood" in {d.code for d in note.doubts}


def test_a_form_of_address_above_the_first_person_is_looked_for_too() -> None:
    note = _note("测绘气象观测业务女士", "", "1. 周晓风女士，司法部国际合作局处长")
    assert [p.name.text for p in note.delegates] == ["周晓风"]
    assert "honorific_without_person" in {d.code for d in note.doubts}


def _apart(page: Page, first: str, white: int) -> Page:
    """The page with the word behind ``first`` moved to leave so much white between the two."""
    lines = []
    for line in page.lines:
        words = list(line.words)
        for at, word in enumerate(words[:-1]):
            if word.text == first:
                after = words[at + 1]
                left = word.box.right + white
                box = replace(after.box, left=left, right=left + after.box.width)
                words[at + 1] = replace(after, box=box)
        lines.append(replace(line, words=tuple(words)))
    return replace(page, lines=tuple(lines))


@pytest.mark.parametrize(("white", "name"), [(6, "高 平"), (2, "高平")])
def test_the_space_of_a_short_name_is_kept(white: int, name: str) -> None:
    page = _apart(_page("1. 高 平女士，三等秘书，外交部"), "高", white)
    assert read_note((page,)).delegates[0].name.text == name


def test_a_name_of_two_words_is_what_the_second_reader_saw_of_both() -> None:
    page = _apart(_page("1. 高 乎女士", "条约法律司处长", "外交部"), "高", 8)
    page = _with_second(_with_second(page, "高", "高", 0.99), "乎女士", "平女士", 0.98)
    (delegate,) = read_note((page,)).delegates
    assert delegate.name.text == "高 平"


def test_a_traditional_character_among_simplified_ones_is_not_believed() -> None:
    page = _page("1. 黄晓风先生", "条约法律司处长", "外交部")
    (delegate,) = read_note((_with_second(page, "黄晓风先生", "黃晓岚先生", 0.97),)).delegates
    assert delegate.name.text == "黄晓岚"


def test_a_wide_semicolon_behind_a_label_was_a_colon() -> None:
    note = _note("姓名；", "高建平", "职务；", "条约法律司处长", "单位：", "外交部")
    (delegate,) = note.delegates
    assert (delegate.name.text, delegate.title and delegate.title.text) == (
        "高建平",
        "条约法律司处长",
    )


def test_an_entry_below_a_short_sentence_is_no_part_of_it() -> None:
    note = _note("详细情况如下。", "高建平", "检察官", "gao.jianping@example.org")
    assert [_row(d) for d in note.delegates] == [
        (None, "高建平", "检察官", "gao.jianping@example.org")
    ]


@pytest.mark.parametrize("closing", ["顺臻崇高的敬意。", "大使馆再次致以最崇高的化意。"])
def test_who_signs_below_a_misread_closing_is_no_delegate(closing: str) -> None:
    page = make_page(
        (*OPENING, "1. 高建平女士，检察官", "2. 宋佳先生，法官", "", closing, "", "马海波", "大使"),
        "zh",
    )
    assert [d.name.text for d in read_note((page,)).delegates] == ["高建平", "宋佳"]


def test_a_sentence_on_its_own_line_above_a_name_is_none_of_the_entry() -> None:
    note = _note("有关情况如下。", "温志强", "副局长", "wenzq@mps.example.cn")
    assert [_row(d) for d in note.delegates] == [
        _row(d) for d in _note("温志强", "副局长", "wenzq@mps.example.cn").delegates
    ]
    assert [d.name.text for d in note.delegates] == ["温志强"]


def test_foreign_names_with_dots_stand_right_behind_their_posts_in_a_sentence() -> None:
    note = _note(
        "我方将由常驻代表团参赞萨比尔·奥拉托（s.olato@mfa.xx）和司法部国际司副司长米娜·图·贝凯（m.bekai@moj.xx）出席会议。",
    )
    rows = [_row(d) for d in note.delegates]
    assert rows == [
        (None, "萨比尔·奥拉托", "常驻代表团参赞", "s.olato@mfa.xx"),
        (None, "米娜·图·贝凯", "司法部国际司副司长", "m.bekai@moj.xx"),
    ]


def test_a_family_name_of_three_signs_keeps_its_first() -> None:
    (delegate,) = _note("1. 小笠原美树女士，处长，法务省").delegates
    assert _row(delegate)[1] == "小笠原美树"


def test_a_family_name_may_hold_the_sign_of_an_office() -> None:
    (delegate,) = _note("1. 长谷部美树女士，处长，法务省").delegates
    assert _row(delegate)[1] == "长谷部美树"


def test_an_office_that_begins_like_a_family_name_is_nobody() -> None:
    note = _note(
        "现提名罗美树女士，最高检察院检察官，m.luo@spp.xx；何乐平先生，外交部处长，出席会议。"
    )
    assert [_row(d)[1:3] for d in note.delegates] == [
        ("罗美树", "最高检察院检察官"),
        ("何乐平", "外交部处长"),
    ]


def test_names_between_marks_need_no_known_family_name() -> None:
    note = _note(
        "我方将派古尔邦·别尔迪（司法部处长）、佐原健（检察官）和何乐平（外交部处长）出席会议。"
    )
    names = [_row(d)[1] for d in note.delegates]
    assert names == ["古尔邦·别尔迪", "佐原健", "何乐平"]


def test_an_office_with_a_number_begins_no_reference_to_a_note() -> None:
    note = _note("我方将派何乐平先生，司法部第二检察厅检察官（he.leping@moj.example）出席会议。")
    assert [_row(d)[1:3] for d in note.delegates] == [("何乐平", "司法部第二检察厅检察官")]


def test_a_form_of_address_read_twice_is_no_post() -> None:
    note = _note("- 沈晓岚女士，女士，国际合作局处长，司法部", "- 方磊先生，参赞，外交部")
    assert [_row(d)[2] for d in note.delegates] == ["国际合作局处长", "参赞"]


def test_a_bracket_of_chinese_print_ends_the_entry_behind_an_address() -> None:
    note = _note(
        "沈晓岚，条约法律司参赞（邮箱：x.shen@mfa.example.org）",
        "方磊，国际合作中心处长（邮箱：lei.fang@mfa.example.org）",
    )
    assert [_row(d)[1] for d in note.delegates] == ["沈晓岚", "方磊"]


def test_half_a_form_of_address_is_none_of_the_name() -> None:
    note = _note("1. 方磊先生，参赞，外交部", "2. 沈晓岚女，处长，司法部")
    second = note.delegates[1]
    assert second.name.text == "沈晓岚"
    assert "name_odd" in {d.code for d in second.doubts}


def test_one_name_set_apart_beside_one_that_is_not_are_doubted() -> None:
    note = _note("1. 方 磊先生，参赞，外交部", "2. 沈静女士，处长，司法部", "3. 林晓岚女士，处长")
    doubted = [
        any(d.code == "boundary_uncertain" and d.field == "name" for d in person.doubts)
        for person in note.delegates
    ]
    assert doubted == [True, True, False]


def test_a_second_role_among_a_post_and_an_office_is_somebody_overlooked() -> None:
    entry = ("沈晓岚女士（团员）", "随员", "外交部")
    note = _note("方磊先生（团长）", "处长", "司法部", "", *entry, "fk （团员）", "最高人民检察院")
    assert "name_left_over" in {d.code for d in note.doubts}


def test_and_before_the_dot_of_a_foreign_name_is_a_part_of_it() -> None:
    note = _note("敖和·图雅女士，参赞，外交部", "沈晓岚女士，处长，司法部")
    assert [_row(d)[1] for d in note.delegates] == ["敖和·图雅", "沈晓岚"]


def test_a_family_name_that_was_read_as_an_office_is_the_other_readers() -> None:
    page = _page("国际合作局调研员处丽华女士，手机0043 664 123 4567。")
    word = page.lines[2].words[0].text
    note = read_note((_with_second(page, word, "国际合作局调研员虞丽华女士，手机0043"),))
    (delegate,) = note.delegates
    assert delegate.name.text == "虞丽华"
    assert "readers_disagree" in {d.code for d in delegate.doubts}
    assert delegate.phone is not None


def test_a_foreign_name_without_its_dot_is_odd() -> None:
    (delegate,) = _note("1. 卡玛苏丽娜女士，科长").delegates
    assert "name_odd" in {d.code for d in delegate.doubts}


def test_a_person_and_a_post_before_an_address_are_no_label() -> None:
    note = _note(
        "参会人员信息如下：",
        "一、司徒雨桐女士（最高人民法院国际司法官），邮箱：yutong@court.example.cn",
        "二、温志强先生（外交部条约法律司副处长），邮箱：zhiqiang@mfa.example.cn",
    )
    assert [_row(d)[0::3] for d in note.delegates] == [
        ("女士", "yutong@court.example.cn"),
        ("先生", "zhiqiang@mfa.example.cn"),
    ]
    assert [_row(d)[1] for d in note.delegates] == ["司徒雨桐", "温志强"]


def test_what_leads_to_a_foreign_name_ends_within_the_sentence() -> None:
    note = _note("大使馆谨此通知，老挝政府指派维查·坎达拉先生，审计局副局长，出席上述会议。")
    assert [_row(d)[1] for d in note.delegates] == ["维查·坎达拉"]


def test_an_embassy_holds_no_ambassador() -> None:
    first = ("文莱达鲁萨兰国大使馆向公约缔约国会议秘书处致意，并谨告如下：", "与会人员名单：")
    note = read_note((make_page((*first, "", "Hana BINTI女士", "副检察官", *CLOSING), "zh"),))
    assert [_row(d)[1] for d in note.delegates] == ["Hana BINTI"]


def test_a_label_below_an_office_is_none_with_its_last_word() -> None:
    note = _note(
        "团员：",
        "沈晓岚女士，处长，司法部，shen@moj.example.cn",
        "方磊先生，三等秘书，常驻代表团",
        "联系人：庞女士，电话 +43 1 505 12 12。",
    )
    last = note.delegates[-1]
    assert last.organization is not None
    assert (_row(last)[1:3], last.organization.text) == (("方磊", "三等秘书"), "常驻代表团")


def test_a_japanese_family_name_without_form_of_address_begins_a_name() -> None:
    note = _note(
        "1、 大野健一，课长助理，法务省; k.ono@moj.example.jp", "2、 桥本美咲，检察官，法务省"
    )
    assert [_row(d)[1] for d in note.delegates] == ["大野健一", "桥本美咲"]


def test_a_name_too_long_for_one_person_holds_several() -> None:
    assert holds_several("沈晓岚方磊欧阳子瑜")
    assert not any(map(holds_several, ("欧阳子瑜", "额尔登巴雅尔", "维查·坎达拉", "Hana BINTI")))


def test_a_character_lost_at_the_edge_of_a_name_is_the_other_readers() -> None:
    page = _page(
        "－ 何子 ，国际合作局处长，he@moj.example.cn", "－ 方磊，随员，fang@moj.example.cn"
    )
    first = read_note((_with_second(page, "何子", "何子墨"),)).delegates[0]
    assert first.name.text == "何子墨"
    assert "readers_disagree" in {d.code for d in first.doubts}


def test_an_address_that_spells_one_syllable_more_doubts_the_name() -> None:
    note = _note(
        "1. 志远先生，处长，xizhiyuan@mfa.example.cn", "2. 周洁女士，随员，zhoujie@mfa.example.cn"
    )
    doubted = ["name_email_mismatch" in {d.code for d in p.doubts} for p in note.delegates]
    assert doubted == [True, False]


def test_the_form_of_address_behind_a_name_only_the_second_reader_saw_is_none_of_it() -> None:
    page = _page("姓名： HERE", "职务：国际合作局处长", "单位：外交部")
    (delegate,) = read_note((_with_second(page, "HERE", "蒋绍文女士"),)).delegates
    assert _row(delegate)[:2] == ("女士", "蒋绍文")


def test_a_less_sure_reading_that_the_address_spells_is_the_name() -> None:
    page = _page("代表团成员为冰俊先生（司法部随员，邮箱kuangjun@moj.example.cn）")
    word = page.lines[2].words[0].text
    (delegate,) = read_note((_with_second(page, word, word.replace("冰", "邝"), 0.8),)).delegates
    assert delegate.name.text == "邝俊"
    assert "readers_disagree" in {d.code for d in delegate.doubts}


def test_a_line_like_an_entry_below_an_address_is_somebody_overlooked() -> None:
    note = _note(
        "沈晓岚，外交部国际司处长，shen@mfa.example.cn",
        "和锛子清，外交部国际司随员，qing ,zimfa.example.cn",
    )
    assert "name_left_over" in {d.code for d in note.doubts}


def test_the_dot_of_a_foreign_name_read_as_a_quotation_mark_is_one() -> None:
    note = _note("1. 巴图尔 ' 额登巴雅尔先生，处长，司法部", "2. 周洁女士，随员，外交部")
    first, second = note.delegates
    assert (first.name.text, second.name.text) == ("巴图尔·额登巴雅尔", "周洁")
    assert "readers_disagree" in {d.code for d in first.doubts}


def test_a_label_of_telephones_turns_to_no_contact_and_every_entry_is_read() -> None:
    note = _note(
        "陶立新（团长），三等秘书，外交部条约法律司，电邮：tao.lixin@mfa.example.cn，联系电话:",
        "+86 11 222 3344；",
        "",
        "卢晓舟（团员），副处长，司法部国际合作局，电邮：lu.xiaozhou@moj.example.cn，联系电话:",
        "+86-11-222-5566。",
    )
    assert [_row(d)[1:] for d in note.delegates] == [
        ("陶立新", "三等秘书", "tao.lixin@mfa.example.cn"),
        ("卢晓舟", "副处长", "lu.xiaozhou@moj.example.cn"),
    ]


@pytest.mark.parametrize(
    "reached",
    [
        ("，联系", "电话：+86 10 9542 7786"),
        ("，联系方", "式：+86 10 9542 7786"),
        ("，办公室电话：+86 10 9542 7786",),
        ("，单位联络邮", "箱：lb.chen@moj.gov.cn"),
        ("（联系邮箱：lb.chen@moj.gov.cn）",),
    ],
)
def test_a_label_with_words_of_its_own_is_of_no_post(reached: tuple[str, ...]) -> None:
    first, *rest = reached
    page = make_page([*HEAD, f"1、陈立波先生，司法部国际司二等秘书{first}", *rest, *TAIL], "zh")
    (person,) = read_note((page,)).delegates
    assert person.title is not None
    assert person.title.text == "司法部国际司二等秘书"
    assert person.organization is None
    assert person.phone or person.email


def test_a_role_may_go_on_over_the_end_of_a_line() -> None:
    lines = ("1、陈立波先生，司法部国际司二等秘书（团", "长），电话：+86 10 9542 7786")
    (person,) = read_note((make_page([*HEAD, *lines, *TAIL], "zh"),)).delegates
    assert person.role is not None
    assert person.role.text == "head"


def test_a_label_of_unknown_words_before_a_number_is_of_no_office() -> None:
    line = "1. Mr. Peter Mwangi, Legal Officer, Ministry of Justice, direct number: +254 20 2212333"
    (person,) = read_note((make_page([*HEAD, line, *TAIL]),)).delegates
    assert person.organization is not None
    assert person.organization.text == "Ministry of Justice"


def test_a_card_of_labels_is_no_sentence_though_it_speaks_of_participants() -> None:
    people = (("高山先生", "参赞", "外交部"), ("李小雨女士", "二等秘书", "司法部"))
    lines: list[Line] = []
    y = 400
    for name, post, office in people:
        for label, value in (
            ("与会者姓名", name),
            ("现任职务", post),
            ("工作单位", office),
        ):
            words = (
                Word(label, Box(100, y, 100 + 30 * len(label), y + 30), 0.95),
                Word(value, Box(500, y, 500 + 30 * len(value), y + 30), 0.95),
            )
            lines.append(Line(words))
            y += 50
    page = _page()
    head, foot = page.lines[:-1], page.lines[-1]
    moved = tuple(replace(w, box=w.box.moved(0, y)) for w in foot.words)
    note = read_note((replace(page, lines=(*head, *lines, Line(moved))),))
    assert [_row(d)[:3] for d in note.delegates] == [
        ("先生", "高山", "参赞"),
        ("女士", "李小雨", "二等秘书"),
    ]
