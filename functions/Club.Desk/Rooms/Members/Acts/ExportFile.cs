using Club.Desk.Frame;
using Club.Kernel;
using Club.Members;

namespace Club.Desk.Rooms.Members.Acts;

/// <summary>Everything that the club keeps of her, as a file for her.</summary>
public sealed class ExportFile(Membership membership, ExportMember export) : IFile
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation) =>
        await membership.See(new MemberId(visit.Value("id")), visit.Admitted, cancellation) is { IsMasked: false, Profile: var profile }
            ? new Reply.Download("application/json; charset=utf-8", $"{profile.MemberId}.json",
                (stream, token) => export.Write(stream, profile, token))
            : Reply.Nothing;
}
