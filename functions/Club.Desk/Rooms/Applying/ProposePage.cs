using Club.Desk.Frame;
using Club.Joining;
using Club.Kernel;
using Club.Programmes;
using Club.Store;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Applying;

/// <param name="Dealers">To choose from; null: those who propose are of one.</param>
/// <param name="Key">Makes a form that is sent twice count once.</param>
public sealed record ProposalModel(DealerNetwork? Dealers, string Key, Typed Typed, Problem? Problem)
{
    public static readonly string[] Fields = ["name", "phone", "gender", "birthday", "city", "dealerId", "hobbies", "note"];
}

/// <summary>Somebody who is to become a member.</summary>
public sealed class ProposePage(ProgrammeLibrary library) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, Typed.Nothing, null, cancellation);

    /// <summary>The form as it was sent, with what is wrong with it.</summary>
    public async Task<Reply> Show(Visit visit, Typed typed, Problem? problem, CancellationToken cancellation)
    {
        var dealers = visit.Admitted.IsScoped ? null : (await library.Now(cancellation)).Current.Dealers;
        return Reply.Of<Proposal>(new ProposalModel(dealers, Ids.Random("C"), typed, problem), ApplyingWords.Propose,
            problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind), ApplyingRoom.Address + "/new");
    }
}

/// <summary>Puts her into the queue.</summary>
public sealed class ProposeMember(Applications applications, ProposePage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var body = FormBody.Of(form, "name", "phone", "gender", "birthday", "city", "dealerId", "note");
        if (form.Text("hobbies") is { } hobbies) body["hobbies"] = FormBody.List(hobbies);
        var request = FormBody.Read(body, await applications.Reader(cancellation));
        if (request.Problem is { } wrong) return await page.Show(visit, new Typed(form), wrong, cancellation);
        var command = new Command("console:" + FormBody.Key(form), "");
        var applied = await applications.Apply(request.Value, command, visit.Admitted, cancellation);
        return applied.Problem is { } problem ? await page.Show(visit, new Typed(form), problem, cancellation)
            : Reply.To(ApplyingRoom.Address, [], ("done", "proposed"));
    }
}
