"""证书登记: are numbers unique and without gaps, is nothing altered or removed, and who may issue and revoke?"""

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import Cast, set_up
from tests.certificates.issuing import AT, PLAN, awards, coded, give
from touchstone.accounts.actor import NotAllowed
from touchstone.catalogue.operations import recode_occupation
from touchstone.certificates import queries
from touchstone.certificates.facts import check_code, check_fits
from touchstone.certificates.models import Certificate
from touchstone.certificates.operations import Award, Issued, print_batch, print_one, revoke
from touchstone.certificates.queries import holders_of
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry, Series
from touchstone.policy.eligibility.levels import Level


def test_numbers_run_by_body_year_and_level(body: Cast) -> None:
    """流水号按机构、年份、等级各自连续。"""
    first = give(body, awards(2))
    other_level = give(body, awards(2, first=2, plan="JH202600002"), level=Level.FOUR)
    next_year = give(body, awards(1, first=4, plan="JH202600003"), at=AT.replace(year=2027), plan="JH202600003")
    numbers = [one.certificate_number for one in (*first, *other_level, *next_year)]
    assert numbers == [
        "Y000031300001265000001",
        "Y000031300001265000002",
        "Y000031300001264000001",
        "Y000031300001264000002",
        "Y000031300001275000001",
    ]


def test_holder_of_this_level_is_refused_and_takes_no_number(body: Cast) -> None:
    """已持有效证书的一行不发，也不占编号；撤销后可以再发。"""
    (first,) = give(body, awards(1))
    again = [Award("KS-again", award.holder_id, award.holder_name, award.scores) for award in awards(1)]
    outcomes = give(body, [*again, *awards(1, first=1)], plan="JH202600002")
    assert [bool(one.certificate_number) for one in outcomes] == [False, True]
    assert f"已持有本职业五级/初级工的有效证书（{first.certificate_number}" in outcomes[0].sentence
    assert outcomes[1].certificate_number.endswith("000002")
    revoke(number=first.certificate_number, reason="姓名有误", by=body.qian, at=AT)
    (second,) = give(body, again, plan="JH202600002")
    assert second.certificate_number.endswith("000003")


def test_a_new_code_of_the_occupation_gives_nobody_a_second_certificate(body: Cast) -> None:
    """职业改编码以后，持原编码有效证书的人不能再领一本。"""
    (first,) = give(body, awards(1))
    recode_occupation(code="6-18-01-01", new_code="6-18-01-99", since=AT.date(), reason="职业分类调整", by=body.han, at=AT)
    (award,) = awards(1)
    assert holders_of([award.holder_id], "6-18-01-99", "", Level.FIVE) == {award.holder_id: first.certificate_number}
    (again,) = give(body, [Award("KS-again", award.holder_id, award.holder_name, award.scores)], plan="JH202600002", code="6-18-01-99")
    assert not again.certificate_number
    assert first.certificate_number in again.sentence


def test_asked_twice_issues_once(body: Cast) -> None:
    """同一批重复提交，证书和编号不变。"""
    listed = awards(3)
    assert give(body, listed) == give(body, listed)
    assert Certificate.objects.count() == 3
    assert Series.objects.get(name="certificate-Y000031300001265").last == 3


def test_one_person_twice_in_a_batch(body: Cast) -> None:
    """同一人在一批中出现两次，只发一本。"""
    (award,) = awards(1)
    outcomes = give(body, [award, Award("KS-other", award.holder_id, award.holder_name, award.scores)])
    assert [bool(one.certificate_number) for one in outcomes] == [True, False]
    assert "出现两次" in outcomes[1].sentence


def test_no_site_code_no_number(cast: Cast) -> None:
    """没有站点序列码，不能编号，并说明依据。"""
    listed = awards(1)
    lines = Entry.objects.count()
    with pytest.raises(Refusal, match="站点序列码") as caught:
        give(cast, listed)
    assert "编码规则" in str(caught.value.clause)
    assert (Certificate.objects.count(), Entry.objects.count()) == (0, lines)


@pytest.mark.parametrize("who", [pytest.param("sun", id="考务经办人"), pytest.param("shi", id="别家负责人"), pytest.param("han", id="市职鉴中心")])
def test_only_the_bodys_leader_issues(body: Cast, who: str) -> None:
    """谁评价、谁发证。"""
    listed = awards(1)
    lines = Entry.objects.count()
    with pytest.raises(NotAllowed):
        give(body, listed, by=getattr(body, who))
    assert (Certificate.objects.count(), Entry.objects.count()) == (0, lines)


class TestRevoking:
    @pytest.mark.parametrize("who", [pytest.param("qian", id="发证机构负责人"), pytest.param("han", id="市职鉴中心审批负责人")])
    def test_revoked_with_its_reason(self, body: Cast, who: str) -> None:
        """撤销留下日期和原因。"""
        (issued,) = give(body, awards(1))
        found = revoke(number=issued.certificate_number, reason="超范围上传", by=getattr(body, who), at=AT)
        assert (found.state, found.revoked_on, found.revoked_reason) == ("revoked", AT.date(), "超范围上传")
        assert Entry.objects.filter(event="certificate.revoked", subject=found.number).count() == 1

    @pytest.mark.parametrize(
        ("who", "reason", "words"),
        [
            pytest.param("qian", " ", "撤销原因", id="没有原因"),
            pytest.param("sun", "有误", "撤销", id="考务经办人"),
            pytest.param("shi", "有误", "只能办理本机构", id="别家负责人"),
            pytest.param("wu", "有误", "撤销", id="区审批负责人"),
        ],
    )
    def test_refuses_and_changes_nothing(self, body: Cast, who: str, reason: str, words: str) -> None:
        """不合条件的撤销什么也不改。"""
        (issued,) = give(body, awards(1))
        lines = Entry.objects.count()
        with pytest.raises(Refusal, match=words):
            revoke(number=issued.certificate_number, reason=reason, by=getattr(body, who), at=AT)
        assert Certificate.objects.get().state == "issued"
        assert Entry.objects.count() == lines

    def test_never_twice(self, body: Cast) -> None:
        """已撤销的不能再撤销，也不能打印。"""
        (issued,) = give(body, awards(1))
        revoke(number=issued.certificate_number, reason="有误", by=body.qian, at=AT)
        with pytest.raises(Refusal, match="已经撤销"):
            revoke(number=issued.certificate_number, reason="有误", by=body.qian, at=AT)
        with pytest.raises(Refusal, match="不能打印"):
            print_one(number=issued.certificate_number, by=body.qian, at=AT)


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("DELETE FROM certificates_certificate", id="删除"),
        pytest.param("UPDATE certificates_certificate SET holder_name = '别人'", id="改姓名"),
        pytest.param("UPDATE certificates_certificate SET number = 'Y000031300001265999999'", id="改编号"),
        pytest.param("UPDATE certificates_certificate SET basis = '{}'", id="改依据"),
        pytest.param("UPDATE certificates_certificate SET state = 'issued', revoked_on = NULL", id="恢复已撤销的"),
    ],
)
def test_the_database_itself_refuses(body: Cast, sql: str) -> None:
    """数据库不许改动登记簿。"""
    (issued,) = give(body, awards(1))
    if "state" in sql:
        revoke(number=issued.certificate_number, reason="有误", by=body.qian, at=AT)
    with pytest.raises(DatabaseError, match="证书"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


class TestLookingUp:
    @pytest.mark.parametrize(
        ("name", "number"),
        [
            pytest.param("阿依古丽·买买提", "Y000031300001265000001", id="原样"),
            pytest.param("阿依古丽•买买提", "Ｙ００００３１３００００１２６５０００００１", id="全角编号和另一种间隔点"),
            pytest.param(" 阿依古丽买买提 ", "y0000 31300001 26 5 000001", id="没有间隔点、带空格、小写"),
        ],
    )
    def test_by_name_and_number(self, body: Cast, name: str, number: str) -> None:
        """按姓名和编号查到。"""
        give(body, awards(1, names=("阿依古丽·买买提",)))
        found = queries.by_name_and_number(name, number)
        assert found is not None
        assert found.number == "Y000031300001265000001"

    def test_wrong_name_finds_nothing(self, body: Cast) -> None:
        """姓名不符查不到。"""
        give(body, awards(1))
        assert queries.by_name_and_number("别人", "Y000031300001265000001") is None

    def test_number_alone_finds_nothing(self, body: Cast) -> None:
        """二维码里的校验值只对本编号有效。"""
        give(body, awards(2))
        one, two = "Y000031300001265000001", "Y000031300001265000002"
        assert queries.by_number_and_check(one, check_code(one)) is not None
        assert queries.by_number_and_check(two, check_code(one)) is None
        assert queries.by_number_and_check(one, "") is None
        assert not check_fits(one, "汉字")

    @pytest.mark.parametrize(("who", "count"), [("qian", 2), ("shi", 0), ("wang", 2), ("lv", 0), ("han", 2), ("jiang", 2)])
    def test_visible_on_ones_own_ground(self, body: Cast, who: str, count: int) -> None:
        """各看各的辖区和领域。"""
        give(body, awards(2))
        assert queries.certificates(getattr(body, who)).count() == count

    def test_held_by(self, body: Cast) -> None:
        """撤销的不算持有。"""
        (issued,) = give(body, awards(1))
        holder = Certificate.objects.get().holder
        assert [one.number for one in queries.held_by(holder, "6-18-01-01")] == [issued.certificate_number]
        assert not queries.held_by(holder, "4-03-02-01")
        revoke(number=issued.certificate_number, reason="有误", by=body.qian, at=AT)
        assert not queries.held_by(holder)


class TestPrinting:
    def test_every_print_is_on_record(self, body: Cast) -> None:
        """证书载明完整证件号码，每次打印都留痕。"""
        (issued,) = give(body, awards(1, names=("王㛃",)))
        assert print_one(number=issued.certificate_number, by=body.sun, at=AT).startswith(b"%PDF-")
        assert print_batch(case=PLAN, numbers=[issued.certificate_number], by=body.qian, at=AT).startswith(b"%PDF-")
        lines = Entry.objects.filter(event__endswith=".printed").order_by("id").values_list("event", flat=True)
        assert list(lines) == ["certificate.printed", "certificates.printed"]

    @pytest.mark.parametrize("who", ["shi", "wang", "han", "lin"])
    def test_others_print_nothing(self, body: Cast, who: str) -> None:
        """别家、主管部门和备案经办人不能打印。"""
        (issued,) = give(body, awards(1))
        with pytest.raises(NotAllowed):
            print_one(number=issued.certificate_number, by=getattr(body, who), at=AT)
        with pytest.raises(NotAllowed):
            print_batch(case=PLAN, numbers=[issued.certificate_number], by=getattr(body, who), at=AT)
        assert not Entry.objects.filter(event__endswith=".printed").exists()


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def test_two_batches_at_once(self) -> None:
        """两批同时核发：编号不重、不缺。"""
        cast = coded(set_up())
        batches = [awards(40, first=0), awards(40, first=40, plan="JH202600002"), awards(40, first=80, plan="JH202600003")]
        outcomes = together([partial(give, cast, batch, plan=f"JH{batch[0].candidate_number[2:11]}") for batch in batches])
        assert all(one.certificate_number for batch in outcomes for one in batch)
        serials = sorted(int(number[-6:]) for number in Certificate.objects.values_list("number", flat=True))
        assert serials == list(range(1, 121))

    def test_the_same_batch_at_once(self) -> None:
        """同一批被两人同时核发：只发一次，两人看到同样的编号。"""
        cast = coded(set_up())
        batch = awards(30)
        first, second = together([lambda: give(cast, batch)] * 2)
        assert first == second
        assert sorted(int(number[-6:]) for number in Certificate.objects.values_list("number", flat=True)) == list(range(1, 31))

    def test_the_same_people_in_two_plans_at_once(self) -> None:
        """同一批人在两个计划同时核发：每人只有一本。"""
        cast = coded(set_up())
        batch = awards(20)
        twice = [Award(f"KS-{award.candidate_number}", award.holder_id, award.holder_name, award.scores) for award in batch]
        outcomes = together([lambda: give(cast, batch), lambda: give(cast, twice, plan="JH202600002")])
        assert sum(1 for one in (*outcomes[0], *outcomes[1]) if one.certificate_number) == 20
        assert sorted(int(number[-6:]) for number in Certificate.objects.values_list("number", flat=True)) == list(range(1, 21))


def together(calls: list[Callable[[], list[Issued]]]) -> list[list[Issued]]:
    """Run the calls in threads with connections of their own, started at the same moment; give what each gave."""
    start, found, troubles = Barrier(len(calls)), {}, []

    def run(place: int) -> None:
        try:
            start.wait()
            found[place] = calls[place]()
        except BaseException as trouble:  # noqa: BLE001 (told by the test's own thread)
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not troubles, troubles
    return [found[place] for place in range(len(calls))]
