using System.Text.RegularExpressions;
using Club.Access;
using Club.Kernel;
using Club.Tiers;

namespace Club.Activities;

/// <summary>What a member did with the club.</summary>
/// <param name="Kind">A category of the rule book, such as <c>sign-in</c>, <c>like</c>, <c>share</c>, <c>comment</c>, <c>post</c>.</param>
/// <param name="Reference">With what, such as a post: of one kind it counts once; null: the caller's key tells it from another.</param>
/// <param name="Topic">Under which board or topic, where the rule book asks for it.</param>
public sealed partial record InteractionRequest(string Kind, DateTimeOffset? At, string? Reference, string? Topic, string? Campaign,
    string? Channel, int Count)
{
    private const int Most = 100;

    public static Outcome<InteractionRequest> Read(JsonFields body)
    {
        var kind = body.Text("kind", maximum: 40);
        if (kind is not null && !Kinds().IsMatch(kind)) body.Fail("kind", "small letters, digits and dashes are expected, a letter first");
        var count = body.Whole("count", required: false) ?? 1;
        if (count is < 1 or > Most) body.Fail("count", $"a whole number from 1 to {Most} is expected");
        var request = new InteractionRequest(kind ?? "", body.Moment("at", required: false), Word(body, "reference"), Word(body, "topic"),
            Word(body, "campaign"), Word(body, "channel"), count);
        return body.Problem is { } problem ? problem : request;
    }

    private static string? Word(JsonFields body, string name) => body.Text(name, required: false, maximum: 64);

    [GeneratedRegex(@"^[a-z][a-zA-Z0-9-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Kinds();
}

/// <summary>What became of an interaction.</summary>
/// <param name="Earned">By wallet; empty: nothing, or its cap is reached.</param>
public sealed record InteractionView(MemberId MemberId, string Kind, DateTimeOffset At, IReadOnlyList<Earned> Earned) : IOfMember;

/// <summary>How often a member did something of one kind.</summary>
public sealed record KindCount(string Kind, int Count);

/// <summary>What she has in one wallet: points, coins, medals or reputation.</summary>
public sealed record Holding(WalletCode Wallet, string Name, Points Available);

/// <summary>How a member stands by what she did.</summary>
/// <param name="Progress">What is missing for the next level.</param>
public sealed record StandingView(MemberId MemberId, IReadOnlyList<KindCount> Did, IReadOnlyList<Holding> Has, TierCode Level,
    string? LevelName, IReadOnlyList<TierProgress> Progress) : IOfMember;
