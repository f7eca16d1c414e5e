using Club.Kernel;

namespace Club.Members;

/// <summary>What a person decided: whose the vehicle is, why, and who says so.</summary>
/// <param name="SamePerson">The others are this person, too: what they have is merged into this member.</param>
public sealed record DisputeDecision(string MemberId, string Reason, string Author, bool SamePerson = false)
{
    private const int MaximumReason = 512;
    private const int MaximumAuthor = 64;

    public static Outcome<DisputeDecision> Read(ReadOnlyMemory<byte> json) => JsonFields.Parse<DisputeDecision>(json, root =>
    {
        var (member, reason, author) = (root.Text("memberId", maximum: 64), root.Text("reason", maximum: MaximumReason), root.Text("author", maximum: MaximumAuthor));
        var same = root.Flag("samePerson");
        return root.Problem is { } problem ? problem : new DisputeDecision(member!, reason!, author!, same ?? false);
    });
}
