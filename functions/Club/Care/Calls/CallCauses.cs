using Club.Ledger;
using Club.Members;
using Club.Programmes;

namespace Club.Care;

/// <summary>Whether there still is a reason to call somebody.</summary>
public sealed class CallCauses(ProgrammeLibrary library, IEnumerable<IOccasions> occasions)
{
    /// <param name="occasion">Without the days before.</param>
    public async ValueTask<bool> Hold(Profile profile, Account account, string occasion, CancellationToken cancellation) =>
        occasions.FirstOrDefault(one => one.Kind == OccasionKeys.KindOf(occasion)) is { } feature
            ? await feature.Holds(profile.MemberId, occasion, cancellation)
            : OccasionRules.Holds((await library.Now(cancellation)).Current, profile, account, occasion);
}
