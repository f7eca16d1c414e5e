using System.Text.Json.Nodes;
using Club.Access;
using Club.Desk.Frame;
using Club.Kernel;
using Club.Members;

namespace Club.Desk.Rooms.Members.Acts;

/// <summary>Puts something else in place of what she told. Only what was typed anew is changed, whatever somebody else changed
/// meanwhile.</summary>
public sealed class CorrectPerson(CorrectMember correct, ActsPage page) : IForm
{
    private static readonly string[] Plain = ["name", "gender", "birthday", "city", "address"];

    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var body = BodyOf(form);
        if (body.Count == 0) return await page.Show(visit, new Typed(form), ActWords.NothingChanged, null, cancellation);
        var correction = FormBody.Read(body, correct.Read);
        if (correction.Problem is { } wrong) return await page.Show(visit, new Typed(form), null, wrong, cancellation);
        var corrected = await correct.Handle(new MemberId(visit.Value("id")), correction.Value, visit.Admitted, cancellation);
        return corrected.Problem is { } problem ? await Told(problem, visit, form, page, cancellation) : Done(visit, "corrected");
    }

    internal static Reply Done(Visit visit, string what) =>
        Reply.To(MembersRoom.Address, [visit.Value("id"), "acts"], Bystander.Carried(visit), ("done", what));

    internal static async Task<Reply> Told(Problem problem, Visit visit, Form form, ActsPage page, CancellationToken cancellation) =>
        problem.Kind == ProblemKind.NotFound ? Reply.Nothing : await page.Show(visit, new Typed(form), null, problem, cancellation);

    private static JsonObject BodyOf(Form form)
    {
        var body = new JsonObject();
        foreach (var name in Plain.Where(name => IsNew(form, name))) body[name] = form.Text(name);
        if (IsNew(form, "hobbies")) body["hobbies"] = FormBody.List(form.Whole("hobbies"));
        if (form.Text("phone") is { } phone) body["phone"] = phone;
        return body;
    }

    private static bool IsNew(Form form, string name) => form.Has(name) && form.Text(name) != form.Text("was-" + name);
}

/// <summary>Keeps what she says about text messages.</summary>
public sealed class ChangeSms(ChangeConsent consent, ActsPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        bool? sms = form.Text("sms") switch { "yes" => true, "no" => false, _ => null };
        if (sms is not { } wanted) return await page.Show(visit, Typed.Nothing, ActWords.NothingChanged, null, cancellation);
        var changed = await consent.Handle(new MemberId(visit.Value("id")), wanted, visit.Admitted, cancellation);
        if (changed.Problem is { } problem) return await CorrectPerson.Told(problem, visit, form, page, cancellation);
        return changed.Value.Sms == wanted ? CorrectPerson.Done(visit, "consent")
            : await page.Show(visit, Typed.Nothing, ActWords.RefusedByReply, null, cancellation);
    }
}

/// <summary>Moves her to another branch.</summary>
public sealed class MovePerson(Transfers transfers, Membership membership, ActsPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var request = FormBody.Read(FormBody.Of(form, "dealerId", "reason"), TransferRequest.Read);
        if (request.Problem is { } wrong) return await page.Show(visit, new Typed(form), null, wrong, cancellation);
        var moved = await transfers.Move(new MemberId(visit.Value("id")), request.Value, visit.Admitted, cancellation);
        if (moved.Problem is { } problem) return await CorrectPerson.Told(problem, visit, form, page, cancellation);
        // Whoever sent her elsewhere may see her no more.
        var isStillSeen = visit.For(Right.CorrectMember) is { } caller
            && await membership.See(moved.Value.MemberId, caller, cancellation) is not null;
        return isStillSeen ? CorrectPerson.Done(visit, "moved") : Reply.To("transfers", [], ("direction", "out"), ("done", "moved"));
    }
}
