using Club.Desk.Frame;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Referrals;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Referring;

public sealed record ReportModel(Typed Typed, Problem? Problem)
{
    public static readonly string[] Fields = ["card", "phone", "vin", "name", "model"];
}

/// <summary>Who names whom.</summary>
public sealed class ReportPage : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Task.FromResult(Show(Typed.Nothing, null));

    /// <summary>The form as it was sent, with what is wrong with it.</summary>
    public static Reply Show(Typed typed, Problem? problem) => Reply.Of<Report>(new ReportModel(typed, problem), ReferringWords.Report,
        problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind), ReferringRoom.Address + "/new");
}

/// <summary>Takes a referral down.</summary>
public sealed class ReportBuyer(ReferralDesk desk, Membership membership) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var request = FormBody.Read(FormBody.Of(form, "phone", "vin", "name", "model"), ReferralRequest.Read);
        if (request.Problem is { } wrong) return ReportPage.Show(new Typed(form), wrong);
        var card = PersonIdentity.Parse(IdentityKind.Card, form.Text("card"));
        if (!card.Succeeded || await membership.Find(card.Value, cancellation) is not { MemberId: var member }) return Unknown(form);
        // The card stands before a dealer's staff, wherever the member is from.
        var caller = visit.Admitted with { Before = card.Value };
        var reported = await desk.Report(member, request.Value, caller, cancellation);
        if (reported.Problem is { Kind: ProblemKind.NotFound }) return Unknown(form);
        return reported.Problem is { } problem ? ReportPage.Show(new Typed(form), problem)
            : Reply.To(ReferringRoom.Address, [], ("done", "reported"));
    }

    private static Reply Unknown(Form form) => ReportPage.Show(new Typed(form),
        new Problem("not-found", $"$.card: no member has the card \"{form.Text("card")}\".", "$.card") { Kind = ProblemKind.NotFound });
}
