using Club.Kernel;
using Club.Members;
using Club.Programmes;

namespace Club.Activities;

/// <summary>Who is invited: of the members, those of whom all that is said holds.</summary>
/// <param name="ValueClass">D, G or S.</param>
/// <param name="LoyaltyClass">A, B or C.</param>
public sealed record InviteeFilter(DealerId? DealerId = null, TierCode? Tier = null, string? Hobby = null, string? ValueClass = null,
    string? LoyaltyClass = null)
{
    private static readonly string[] Values = ["D", "G", "S"], Loyalties = ["A", "B", "C"];

    /// <param name="body">A body with a <c>filter</c>; without one, or with an empty one, all members are meant.</param>
    public static Outcome<InviteeFilter> Read(JsonFields body)
    {
        body.Only("filter", "text", "author");
        if (body.Child("filter", required: false) is not { } filter) return body.Problem is { } wrong ? wrong : new InviteeFilter();
        filter.Only("dealerId", "tier", "hobby", "valueClass", "loyaltyClass");
        var read = new InviteeFilter(filter.Id<DealerId>("dealerId", required: false, maximum: 64),
            filter.Id<TierCode>("tier", required: false, maximum: 64), filter.Text("hobby", required: false, maximum: 64),
            Word(filter, "valueClass", Values), Word(filter, "loyaltyClass", Loyalties));
        return body.Problem is { } problem ? problem : read;
    }

    /// <summary>What of it the programme does not know.</summary>
    public Problem? Unknown(Programme programme)
    {
        if (DealerId is { } dealer && programme.Unknown(dealer, "$.filter.dealerId") is { } unknown) return unknown;
        return Tier is { } tier && programme.FindTier(tier) is null
            ? new Problem("unknown-tier", $"$.filter.tier: the programme has no tier \"{tier}\"{Nearest.Hint(tier,
                programme.Tiers.Select(one => one.Code.Value))}", "$.filter.tier") : null;
    }

    /// <summary>Whether a member is meant, but for her tier.</summary>
    public bool Fits(Profile profile) => profile.Status == MemberStatus.Member && !(DealerId is { } dealer && profile.DealerId != dealer)
        && (Hobby is null || profile.Hobbies.Contains(Hobby)) && (ValueClass is null || profile.ValueClass == ValueClass)
        && (LoyaltyClass is null || profile.LoyaltyClass == LoyaltyClass);

    private static string? Word(JsonFields body, string name, string[] words)
    {
        var word = body.Text(name, required: false, maximum: 1);
        if (word is not null && !words.Contains(word)) body.Fail(name, $"one of {string.Join(", ", words)} is expected");
        return word;
    }
}
