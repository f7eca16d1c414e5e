using Club.Access;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Spending;
using Club.Store;
using Xunit;

namespace Club.Tests.Spending;

/// <summary>A club whose members give points away, and what tests ask of it.</summary>
internal static class GivingClub
{
    public const string Terms =
        """
        {"pointValue":0.01,"least":1,"step":1,"wallets":[{"wallet":"club","at":"everywhere"},{"wallet":"branch","at":"issuer"}],
         "bills":{"leastShare":0,"mostShare":1},"holdMinutes":30,"refundGraceDays":0,"approveAbove":1000,
         "transfers":{"least":10,"perYear":2,"pointsPerYear":500,"feePercent":5},
         "causes":[{"code":"hope-school","name":"希望小学"},{"code":"owner-relief","name":"车主募捐"}]}
        """;

    /// <summary>Nothing but a least number limits what is transferred.</summary>
    public const string Free =
        """
        {"pointValue":0.01,"least":1,"step":1,"wallets":[{"wallet":"club","at":"everywhere"}],
         "bills":{"leastShare":0,"mostShare":1},"holdMinutes":30,"refundGraceDays":0,"transfers":{"least":1}}
        """;

    public static readonly Caller Staff = Caller.OperatorAs("王编辑");

    public static readonly WalletCode Club = new("club");

    private static int _keys;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Programme Rules(string terms = Terms) => Book.With($$"""
        {"wallets":[
           {"code":"club","name":"积分","scope":"club","unit":"积分","expiry":{"kind":"rollingMonths","months":24},"unitCost":0.01},
           {"code":"branch","name":"分会积分","scope":"branch","unit":"积分","expiry":{"kind":"never"},"unitCost":0.01}],
         "funders":[{"code":"hq","name":"总部"},{"code":"dealer","name":"经销商"}],"spending":{{terms}}}
        """);

    public static Command Key(string? key = null, string content = "x") => new(key ?? $"k{Interlocked.Increment(ref _keys)}", content);

    /// <summary>Points on the wallet's own terms, earned today.</summary>
    public static async Task Grant(this ClubFixture club, MemberId member, decimal points, string wallet = "club") =>
        _ = (await club.Get<Adjustments>().Ask(member, new AdjustmentRequest(new WalletCode(wallet), Points.Of(points), "补录",
            wallet == "branch" ? new DealerId("D001") : null), Key(), Staff, Cancellation)).Value;

    public static async Task<Outcome<Answered<TransferAnswer>>> Give(this ClubFixture club, MemberId from, Registered to, decimal points,
        string? key = null, string? wallet = null) => await club.Get<PointTransfers>().Give(from, Wish($$"""{"cardNumber":"{{to.CardNumber}}"}""",
            points, wallet), Key(key, $"{to.CardNumber} {points}"), Staff, Cancellation);

    public static TransferPointsRequest Wish(string to, decimal points, string? wallet = null) => WishOf.Read(
        $$"""{"to":{{to}},"points":{{points}},"reason":"生日快乐","wallet":{{(wallet is null ? "null" : $"\"{wallet}\"")}}}""", TransferPointsRequest.Read).Value;

    public static async Task<decimal> Has(this ClubFixture club, MemberId member, string wallet = "club") =>
        (await club.Account(member)).Balance(new WalletCode(wallet)).Value;

    public static async Task<Transfer> Transfer(this ClubFixture club, string id) =>
        (await club.Changes()).Where(document => document.Type == "transfer").Select(document => document.As<Transfer>()).Last(one => one.Id == id);

    public static async Task AreFamily(this ClubFixture club, MemberId one, MemberId other)
    {
        foreach (var (mine, hers) in ((MemberId, MemberId)[])[(one, other), (other, one)])
            Assert.True((await club.Get<Families>().Consent(mine, hers, Staff, Cancellation)).Succeeded);
    }

    /// <summary>All that all members have, and all that every counter-account took, come to nothing; and nothing is between two
    /// members.</summary>
    public static async Task AllComesToNothing(this ClubFixture club)
    {
        Assert.Empty(await club.Verify());
        var entries = (await club.Changes()).Where(document => document.Type == "entry").Select(document => document.As<Entry>())
            .DistinctBy(entry => entry.Id).ToArray();
        Assert.Equal(Points.Zero, entries.Sum(entry => entry.Points) + entries.Sum(entry => entry.Counter.Sum(line => line.Points)));
        Assert.Equal(Points.Zero, entries.Sum(entry => entry.Counter.Where(line => line.Account == CounterLine.Transfer).Sum(line =>
            line.Points)));
    }
}

internal static class WishOf
{
    public static Outcome<T> Read<T>(string json, Func<JsonFields, Outcome<T>> read) =>
        JsonFields.Parse(System.Text.Encoding.UTF8.GetBytes(json), fields =>
        {
            var wanted = read(fields);
            return (wanted.Problem ?? fields.Problem) is { } problem ? problem : wanted;
        });
}
