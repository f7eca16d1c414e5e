using Club.Access;
using Club.Care;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Store;
using Club.Value;
using Xunit;
using static Club.Tests.Value.ValueClub;

namespace Club.Tests.Value;

/// <summary>Who is lost, as each who may see it is told.</summary>
public sealed class ChurnTests
{
    private static async Task<(ClubFixture Club, MemberId[] Members)> Lost(params (string Dealer, decimal Amount)[] lost)
    {
        var club = new ClubFixture(rules: Book.With(ValueClub.Rules));
        var members = new List<MemberId>();
        for (var i = 0; i < lost.Length; i++)
        {
            var phone = $"138001380{i:D2}";
            members.Add((await Register(club, phone, lost[i].Dealer)).MemberId);
            await club.Send(Bill($"B-{i}", "2025-03-02", lost[i].Amount, lost[i].Dealer, phone));
        }
        await Sweep(club);
        return (club, [.. members]);
    }

    [Fact]
    public async Task A_row_says_when_she_was_here_when_she_was_expected_what_is_at_risk_and_what_was_tried()
    {
        var (club, members) = await Lost(("D001", 2500m));
        await using var _ = club;
        foreach (var (occasion, day) in new[] { ("birthday:2025", 1), ("points:2025", 30) })
            await club.Store.Commit(members[0], [new SmsRecord
            {
                MemberId = members[0], Occasion = occasion, State = SmsState.Delivered, Text = "您好", Segments = 1,
                PlannedAt = new DateTimeOffset(2025, 6, day, 10, 0, 0, TimeSpan.FromHours(8)), SendAt = default, LastDay = default,
            }.ToCreate()], Cancellation);
        var row = Assert.Single(await Churn(club));

        Assert.Equal((members[0], "王小明", "138****8000", "D001", "G"), (row.MemberId, row.Name, row.Phone, row.DealerId?.Value, row.ValueClass));
        Assert.Equal((new DateOnly(2025, 3, 2), new DateOnly(2025, 6, 10), new DateOnly(2025, 9, 19), 3),
            (row.LastVisit, row.ExpectedBy, row.LostFrom, row.MissedVisits));
        Assert.Equal((Money.Of(2500), "金失", "win back"), (row.ValueAtRisk, row.Strategy!.Zh, row.Strategy.En));
        // What she was told before she was due was no try to win her back.
        Assert.Equal([new TriedView("points:2025", TriedBy.Message, "delivered", new DateTimeOffset(2025, 6, 30, 10, 0, 0, TimeSpan.FromHours(8)))], row.Tried);
    }

    [Fact]
    public async Task Calls_that_were_made_and_letters_that_were_sent_were_tried_too()
    {
        var (club, members) = await Lost(("D001", 2500m));
        await using var _ = club;
        DateTimeOffset On(int month, int day) => new(2025, month, day, 10, 0, 0, TimeSpan.FromHours(8));
        await club.Store.Commit(members[0], [new CareCall
        {
            Id = OwnedId.Of(members[0], "call", "winBack:1"), MemberId = members[0], Occasion = "winBack:1", State = CallState.Done,
            On = new DateOnly(2025, 7, 2), Until = new DateOnly(2025, 7, 9),
            Outcomes = [new CallOutcome(On(6, 1), "A017", CallResult.NoAnswer, "", null), new CallOutcome(On(7, 1), "A017", CallResult.NoAnswer, "", null),
                new CallOutcome(On(7, 3), "A017", CallResult.Reached, "好", null)],
        }.ToCreate(), new CareLetter
        {
            Id = OwnedId.Of(members[0], "letter", "winBack:1"), MemberId = members[0], Occasion = "winBack:1", State = LetterState.Returned,
            Text = "", On = new DateOnly(2025, 7, 2), Until = new DateOnly(2025, 7, 9),
            Outcomes = [new LetterOutcome(On(7, 2), "A017", LetterResult.Sent), new LetterOutcome(On(7, 4), "A017", LetterResult.Stopped)],
        }.ToCreate()], Cancellation);
        Assert.Equal([new TriedView("winBack:1", TriedBy.Call, "reached", On(7, 3)), new TriedView("winBack:1", TriedBy.Letter, "sent", On(7, 2)),
            new TriedView("winBack:1", TriedBy.Call, "noAnswer", On(7, 1))], Assert.Single(await Churn(club)).Tried);
    }

    [Fact]
    public async Task A_dealers_staff_see_their_own_members_and_no_page_tells_of_others()
    {
        var (club, members) = await Lost([.. Enumerable.Range(0, 20).Select(i => (i % 4 == 0 ? "D001" : "D002", 100m + i))]);
        await using var _ = club;
        MemberId[] own = [.. members.Where((_, i) => i % 4 == 0)];
        Assert.Equal(own.Reverse(), (await Churn(club, caller: Director("D001"))).Select(row => row.MemberId));
        Assert.Empty(await Churn(club, "D002", Director("D001")));
        Assert.Empty(await Churn(club, "D003"));
        Assert.Equal(15, (await Churn(club, "D002")).Count);
        Assert.Equal(20, (await Churn(club)).Count);
        var (seen, continuation) = (new List<MemberId>(), (string?)null);
        do
        {
            (var items, continuation) = await club.Get<ChurnList>().List(null, null, Director("D001"), 2, continuation, Cancellation);
            Assert.InRange(items.Count, 1, 2);
            seen.AddRange(items.Select(item => item.MemberId));
        } while (continuation is not null);
        Assert.Equal(own.Order(), seen.Order());
    }

    [Fact]
    public async Task Whoever_is_transferred_is_on_the_list_of_her_new_branch_alone()
    {
        var (club, members) = await Lost(("D001", 100m));
        await using var _ = club;
        await club.Get<Transfers>().Move(members[0], new TransferRequest(new("D002"), "搬家"), Caller.OperatorAs("A017"), Cancellation);
        Assert.Empty(await Churn(club, caller: Director("D001")));
        Assert.Equal(members, (await Churn(club, caller: Director("D002"))).Select(row => row.MemberId));
    }

    [Fact]
    public async Task An_auditor_sees_nobody_by_name_and_the_best_stand_first()
    {
        var (club, members) = await Lost(("D001", 100m), ("D001", 9000m), ("D002", 1500m));
        await using var _ = club;
        var rows = await Churn(club, caller: new Caller([Role.Auditor], "审计"));
        Assert.Equal([members[1], members[2], members[0]], rows.Select(row => row.MemberId));
        Assert.All(rows, row => Assert.Equal(("王**", true), (row.Name, row.Phone!.Contains("****", StringComparison.Ordinal))));
        Assert.Equal([members[1]], (await Churn(club, value: "D")).Select(row => row.MemberId));
        Assert.Equal([members[2]], (await Churn(club, value: "G")).Select(row => row.MemberId));
    }

    [Fact]
    public async Task Who_has_left_or_lapsed_is_no_member_to_win_back()
    {
        var (club, members) = await Lost(("D001", 100m), ("D001", 200m));
        await using var _ = club;
        var profile = (await club.Store.Read<Profile>(members[0], Club.Members.Profile.Id, Cancellation))!;
        await club.Store.Commit(members[0], [(profile.Value with { Status = MemberStatus.Lapsed }).ToReplace(profile.ETag)], Cancellation);
        Assert.Equal([members[1]], (await Churn(club)).Select(row => row.MemberId));
    }

    [Fact]
    public async Task A_rule_book_that_tells_nobody_apart_has_no_list()
    {
        await using var club = new ClubFixture(rules: Book.Read(Book.File()));
        var member = await Register(club);
        await club.Send(Bill("B-1", "2026-01-02"));
        await Sweep(club);
        Assert.Empty(await Churn(club));
        Assert.Empty((await club.Get<ValueMatrix>().Of(null, Caller.Operator, Cancellation)).Cells);
        Assert.Equal((null, 0), await Judged(club, member.MemberId) is var view ? (view.Cell, view.English.Count) : default);
    }
}
