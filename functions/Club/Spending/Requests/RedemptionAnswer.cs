using System.Text.Json;
using Club.Access;
using Club.Kernel;

namespace Club.Spending;

/// <summary>What a requested redemption is answered: what was spent or kept, or why not.</summary>
public sealed record RedemptionAnswer(RedemptionView? Redemption, RedemptionRefusal? Problem)
{
    public static RedemptionAnswer Of(RedemptionView redemption) => new(redemption, null);

    public static RedemptionAnswer Of(Problem problem) =>
        new(null, new RedemptionRefusal(problem.Code, problem.Message, Number(problem, "available"), Number(problem, "missing")));

    private static decimal? Number(Problem problem, string name) =>
        problem.Numbers is { } numbers && numbers.TryGetValue(name, out var number) ? number : null;
}

/// <param name="Available">Points that can be spent, where they are too few.</param>
/// <param name="Missing">Points that are missing then.</param>
public sealed record RedemptionRefusal(string Code, string Message, decimal? Available, decimal? Missing);

/// <summary>The answer with the request that it answers.</summary>
/// <param name="RequestSource">The <c>source</c> of the request.</param>
/// <param name="RequestId">Its <c>id</c>.</param>
public sealed record AnsweredRequest(string RequestSource, string RequestId, RedemptionView? Redemption, RedemptionRefusal? Problem)
    : ITellsOfMembers
{
    public const string EventType = "club.redemption.answered";

    IEnumerable<MemberId> ITellsOfMembers.Members => Redemption is { } told ? [told.MemberId] : [];

    /// <summary>As a CloudEvent. The same answer has the same id, however often it goes out.</summary>
    /// <param name="unique">By what another answer to the same key differs; null: the answer of the request that has the key.</param>
    public Answer ToEvent(DateTimeOffset at, string? unique)
    {
        var id = Ids.Derived("a", RequestSource, RequestId, unique);
        return new Answer(id, JsonSerializer.Serialize(new
        {
            specversion = "1.0", id, source = "/club", type = EventType, subject = RequestId, time = at,
            datacontenttype = "application/json", data = this,
        }, ClubJson.Answers));
    }
}
