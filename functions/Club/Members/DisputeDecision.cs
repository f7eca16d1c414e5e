using Club.Kernel;

namespace Club.Members;

/// <summary>What a person decided: whose the vehicle is, and why.</summary>
/// <param name="SamePerson">The others are this person, too: what they have is merged into this member.</param>
public sealed record DisputeDecision(MemberId MemberId, string Reason, bool SamePerson = false)
{
    public static Outcome<DisputeDecision> Read(JsonFields body)
    {
        var (member, reason, same) = (body.Text("memberId", maximum: 64), body.Reason(), body.Flag("samePerson"));
        return body.Problem is { } problem ? problem : new DisputeDecision(new MemberId(member!), reason!, same ?? false);
    }
}
