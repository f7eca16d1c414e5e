using System.Text.Json.Nodes;
using Club.Access;
using Club.Care;
using Club.Edges;
using Club.Identity;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Reports;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Members;

/// <summary>A club whose members lapse after twelve months, what happens in it, and what is seen of it.</summary>
internal static class LapseClub
{
    internal const string Phone = "13800138000";
    internal const string Rules = """
        {"effectiveFrom":"2020-01-01","membership":{"lapsesAfterMonths":12},
         "wallets":[{"code":"club","name":"积分","scope":"club","unit":"积分","expiry":{"kind":"rollingMonths","months":24},"unitCost":1}],
         "care":[{"occasion":"welcome","template":"welcome"},{"occasion":"birthday","holdout":0,"template":"birthday"},
                 {"occasion":"pointsExpiring","daysBefore":30,"template":"points"}]}
        """;

    internal static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal static readonly Correction City = new() { Named = new HashSet<string> { "city" }, City = "上海" };

    internal static async Task<Registered> Lived(ClubFixture club)
    {
        var member = await club.Register(Phone, form => form with { Name = "王小明", SmsConsent = true, Birthday = new DateOnly(1990, 3, 2) });
        await club.Send(Bill("B-1", "2026-03-02"));
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        return member;
    }

    internal static async Task Do(ClubFixture club, MemberId member, string way)
    {
        switch (way)
        {
            case "transaction":
                Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Bill("B-2", "2027-06-01"))).Fate);
                Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Bill("B-2", "2027-06-01"))).Fate);
                break;
            case "form":
                await club.Register(Phone);
                await club.Register(Phone);
                break;
            case "follow":
                await club.Register(Phone, form => form with { Source = "wechat", OpenId = "o-1", ActedAt = club.Clock.GetUtcNow() });
                break;
            case "correction":
                var herself = new Caller([Role.Member], "member") { Member = member };
                Assert.True((await club.Get<CorrectMember>().Handle(member, City, herself, Cancellation)).Succeeded);
                break;
            default:
                var phone = new Correction { Named = new HashSet<string> { "phone" }, Phone = PhoneNumber.Parse("13900139000").Value };
                Assert.True((await club.Get<CorrectMember>().Handle(member, phone, Caller.OperatorAs("A017"), Cancellation)).Succeeded);
                await club.Get<CorrectMember>().Handle(member, phone with { Phone = PhoneNumber.Parse(Phone).Value }, Caller.OperatorAs("A017"), Cancellation);
                break;
        }
    }

    internal static JsonObject Version(string version, string from, int? months)
    {
        var file = Book.Version(version, from);
        if (months is not null) file["membership"] = JsonNode.Parse($$"""{"lapsesAfterMonths":{{months}}}""");
        return file;
    }

    internal static string Bill(string id, string day) =>
        Events.Bill(id, Phone, dealerId: "D001", time: $"{day}T10:00:00+08:00", lines: [Events.Line("1", "parts", 100m)]);

    internal static Task<Registered> Follow(ClubFixture club, string openId, DateTimeOffset? at = null) => club.Get<Register>().Handle(
        new Registration { Source = "wechat", OpenId = openId, ActedAt = at ?? club.Clock.GetUtcNow() }, Cancellation);

    internal static async Task<Profile> Profile(ClubFixture club, string phone) =>
        (await club.Get<Membership>().Find(PersonIdentity.Parse(IdentityKind.Phone, phone).Value, Cancellation))!;

    internal static async Task<IReadOnlyList<MemberId>> Found(ClubFixture club, string status) =>
        [.. (await club.Get<MemberSearch>().Find(new MemberCriteria([], [SearchWords.Key("status", status)], null), Caller.Operator, 50, null,
            Cancellation)).Items.Select(view => view.MemberId)];

    /// <summary>What her events tell of coming and going, in the order of their moments.</summary>
    internal static async Task<string> Acts(ClubFixture club, MemberId member) => string.Join(' ', (await club.Changes())
        .Where(document => document.Type == "event" && document.Partition == member.Value).Select(document => document.As<MemberEvent>())
        .Where(one => one.Kind is MemberEventKind.Joined or MemberEventKind.Left or MemberEventKind.Lapsed or MemberEventKind.Returned)
        .OrderBy(one => one.At).Select(one => $"{one.Kind}".ToLowerInvariant()));

    internal static async Task<string> Messages(ClubFixture club, MemberId member) => string.Join(' ', (await club.Changes())
        .Where(document => document.Type == "event" && document.Partition == member.Value).Select(document => document.As<MemberEvent>())
        .Where(one => one.Kind == MemberEventKind.SmsSent).Select(one => one.Subject).Order(StringComparer.Ordinal));

    /// <summary>The members of today, and how many have lapsed.</summary>
    internal static async Task<(int Members, int Lapsed)> Counted(ClubFixture club)
    {
        await club.Sweep(FeedJob.Word);
        var projection = club.Get<IEnumerable<IProjection>>().OfType<MembersByMonth>().Single();
        var (members, lapsed) = (0, 0);
        await foreach (var document in club.Store.FindAll(new IndexQuery(ProjectionRows.RowIndex, "r", IndexQuery.Last,
            Partition: Projections.PartitionOf(projection)), Cancellation))
            (members, lapsed) = (members + document.As<MonthRow>().Members, lapsed + document.As<MonthRow>().Lapsed);
        return (members, lapsed);
    }
}
