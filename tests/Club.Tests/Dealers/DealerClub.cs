using Club.Access;
using Club.Dealers;
using Club.Kernel;
using Club.Members;
using Club.Store;
using Xunit;

namespace Club.Tests.Dealers;

/// <summary>What tests of dealers do and look at.</summary>
internal static class DealerClub
{
    public static readonly Caller Hq = new([Role.Hq], "王芳"), Finance = new([Role.Finance], "赵会计");

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Caller Director(string dealer, string name = "李主任") => new([Role.Director], name) { Dealer = new DealerId(dealer) };

    public static Task<Outcome<(DealerView Dealer, bool IsNew)>> Put(this ClubFixture club, string code, string body) =>
        Read(body, DealershipRequest.Read) is var read && read.Problem is { } problem
            ? Task.FromResult<Outcome<(DealerView, bool)>>(problem)
            : club.Get<Dealerships>().Put(new DealerId(code), read.Value, Hq, Cancellation);

    public static Task<Outcome<DealerView>> Close(this ClubFixture club, string code, string? into, string on = "2026-03-02") =>
        club.Get<DealerClosings>().Close(new DealerId(code),
            new CloseRequest(DateOnly.Parse(on, null), into is null ? null : new DealerId(into), "网络调整"), Hq, Cancellation);

    public static async Task<DealerView> Dealer(this ClubFixture club, string code) =>
        (await club.Get<Dealerships>().Find(new DealerId(code), Cancellation))!;

    /// <summary>Works off what waits in the queue, and what that leaves there.</summary>
    public static async Task Work(this ClubFixture club)
    {
        while (club.Queue.Take() is { Count: > 0 } messages)
            foreach (var message in messages) await club.Get<global::Club.Running.Work>().Handle(message, Cancellation);
    }

    public static async Task Follow(this ClubFixture club)
    {
        while (!await club.Get<Followers>().Advance(1000, default)) { }
    }

    public static async Task<MemberId> Join(this ClubFixture club, string phone, string? dealer) =>
        (await club.Register(phone, form => form with { DealerId = dealer is null ? null : new DealerId(dealer) })).MemberId;

    public static async Task<string?> Branch(this ClubFixture club, MemberId member) =>
        (await club.Get<Membership>().Find(member, Cancellation))!.DealerId?.Value;

    public static async Task<int> Of(this ClubFixture club, string dealer)
    {
        var count = 0;
        await foreach (var _ in club.Store.FindAll(IndexQuery.Equal("dealer", dealer), Cancellation)) count++;
        return count;
    }

    public static Outcome<T> Read<T>(string body, Func<JsonFields, Outcome<T>> read) => JsonFields.Parse(System.Text.Encoding.UTF8.GetBytes(body), read);
}
