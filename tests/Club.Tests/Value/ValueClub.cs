using Club.Access;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Value;
using Xunit;

namespace Club.Tests.Value;

/// <summary>A club that tells its members apart: expected after 100 days, D from 10,000 and G from 2,000 in 12 months.</summary>
internal static class ValueClub
{
    internal const string Phone = "13800138000";

    internal const string Section = """
        {"months":12,"categories":["parts","labour"],
         "classes":{"D":{"total":10000,"mean":5000},"G":{"total":2000,"item":900}},
         "visits":{"expectedDays":100,"leastDays":30,"mostDays":400,"apartDays":14,"lostAfter":2},
         "strategies":[{"cell":"DA","zh":"钻忠","en":"keep"},{"cell":"DB","zh":"钻摇","en":"hold"},{"cell":"DC","zh":"钻失","en":"win back"},
          {"cell":"GA","zh":"金忠","en":"keep"},{"cell":"GB","zh":"金摇","en":"hold"},{"cell":"GC","zh":"金失","en":"win back"},
          {"cell":"SA","zh":"银忠","en":"care"},{"cell":"SB","zh":"银摇","en":"remind"},{"cell":"SC","zh":"银失","en":"let go"}]}
        """;

    internal const string Rules = $$"""
        {"effectiveFrom":"2020-01-01","value":{{Section}}}
        """;

    internal static readonly ValueTerms Terms = Book.With(Rules).Value!;

    internal static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal static Task<Registered> Register(ClubFixture club, string phone = Phone, string? dealer = "D001") =>
        club.Register(phone, form => form with
        {
            Name = "王小明", SmsConsent = true, DealerId = dealer is null ? null : new DealerId(dealer),
        });

    internal static string Bill(string id, string day, decimal amount = 500m, string dealer = "D001", string phone = Phone,
        string category = "parts", string? campaign = null) =>
        Events.With(Events.Bill(id, phone, dealerId: dealer, time: $"{day}T10:00:00+08:00", lines: [Events.Line("1", category, amount)]),
            "data.campaign", campaign);

    internal static string Return(string of, string id, string day, params object[] lines) =>
        Events.Return(of, id, lines.Length == 0 ? null : lines, time: $"{day}T11:00:00+08:00");

    internal static async Task<ValueView> Judged(ClubFixture club, MemberId member, Caller? caller = null) =>
        (await club.Get<MemberValue>().Of(member, caller ?? Caller.Operator, Cancellation))!;

    internal static async Task<string?> Cell(ClubFixture club, MemberId member) => (await Judged(club, member)).Cell;

    internal static async Task<Profile> Profile(ClubFixture club, MemberId member) =>
        (await club.Store.Read<Profile>(member, Club.Members.Profile.Id, Cancellation))!.Value;

    /// <summary>The classes that events tell, in their order.</summary>
    internal static async Task<string> Told(ClubFixture club, MemberId member) => string.Join(' ', (await club.Changes())
        .Where(document => document.Type == "event" && document.Partition == member.Value).Select(document => document.As<MemberEvent>())
        .Where(one => one.Kind == MemberEventKind.ClassChanged).OrderBy(one => one.Number).Select(one => one.To ?? "-"));

    internal static Task<(int Done, int Failed)> Sweep(ClubFixture club) => club.Sweep(ClassSweep.Word);

    internal static async Task<IReadOnlyList<ChurnView>> Churn(ClubFixture club, string? dealer = null, Caller? caller = null,
        string? value = null) =>
        (await club.Get<ChurnList>().List(dealer is null ? null : new DealerId(dealer), value, caller ?? Caller.Operator, 200, null,
            Cancellation)).Items;

    internal static void On(this ClubFixture club, string day)
    {
        var date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        club.At(date.Year, date.Month, date.Day);
    }

    internal static Caller Director(string dealer) => new([Role.Director], "李主任") { Dealer = new DealerId(dealer) };
}
