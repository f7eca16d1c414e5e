using Club.Kernel;
using Club.Access;
using Club.Care;
using Club.Identity;
using Club.Joining;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Tiers;
using Xunit;

namespace Club.Tests.Store;

/// <summary>Whatever is tried again has an end: where each commit meets another writer, whoever asked is told so by a fault, and nothing
/// runs for ever.</summary>
public sealed class GivingUpTests
{
    private static readonly Caller By = Caller.OperatorAs("A017");

    private static readonly Dictionary<string, Func<ClubFixture, string, Task>> All = new()
    {
        ["register"] = (club, _) => club.Register("13900139000"),
        ["register again"] = (club, _) => club.Register(with: form => form with { City = "上海" }),
        ["leave"] = (club, _) => club.Get<Membership>().LeaveWeChat("O1", club.Clock.GetUtcNow(), default),
        ["leave unknown"] = (club, _) => club.Get<Membership>().LeaveWeChat("O2", club.Clock.GetUtcNow(), default),
        ["merge"] = async (club, id) =>
        await club.Get<Merge>().Handle((await club.Get<Membership>().Find(PersonIdentity.OpenId("O1").Value, default))!.MemberId, new MemberId(id)),
        ["bill"] = (club, _) => club.Send(Events.Bill("B-2")),
        ["bill of a stranger"] = (club, _) => club.Send(Events.Bill("B-3", phone: "13700137000")),
        ["return"] = (club, _) => club.Send(Events.Return("B-1", "R-1")),
        ["grant"] = (club, id) =>
        club.Get<TierGrants>().Give(new MemberId(id), new GrantRequest(new TierCode("gold"), new DateOnly(2030, 1, 1), "x"), new Command("k", "c"), By),
        ["draft"] = (club, _) => club.Get<ProgrammeDrafts>().Save(
        new ProgrammeDraft { Author = "a", SavedAt = club.Clock.GetUtcNow(), Programme = System.Text.Json.JsonElement.Parse("{}") }, null),
        ["promise"] = (club, _) => club.Get<Allotments>().Promise("mugs", "c", 1, 10, default),
        ["care"] = async (club, id) => await club.Get<PlanCare>().Handle((await club.Store.Read(id, Profile.Id))!),
    };

    [Fact]
    public async Task What_meets_other_writers_for_ever_ends_with_a_fault()
    {
        var ends = await Task.WhenAll(All.Select(async use => (use.Key, End: await Try(use.Value))));
        Assert.All(ends, end => Assert.True(end.End is StoreException { Message: [.., '.'] }, $"{end.Key}: {end.End}"));
    }

    private static async Task<Exception?> Try(Func<ClubFixture, string, Task> use)
    {
        var store = new ContestedStore(new MemoryStore());
        await using var club = new ClubFixture("skoda", store: store);
        var member = await club.Register(with: form => form with { SmsConsent = true, Birthday = new DateOnly(1990, 3, 2) });
        await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" });
        await club.Send(Events.Bill("B-1"));
        store.IsContested = true;
        return await Record.ExceptionAsync(() => use(club, member.MemberId).WaitAsync(TimeSpan.FromMinutes(1)));
    }

    /// <summary>Another writer is always a moment ahead.</summary>
    private sealed class ContestedStore(IClubStore store) : IClubStore
    {
        public bool IsContested { get; set; }

        public ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default) =>
            store.Read(partition, id, cancellation);
        public ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default) => store.Find(query, cancellation);
        public ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default) =>
            store.Changes(bookmark, limit, cancellation);

        public async ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes,
            CancellationToken cancellation = default) =>
            IsContested ? new CommitResult.Conflict([.. writes.Select(write => write.Id)])
                : await store.Commit(partition, writes, cancellation);
    }
}
