using Club.Desk.Frame;
using Club.Kernel;
using Club.Proof;

namespace Club.Desk.Rooms.Proving;

/// <param name="Checked">Null: nobody asked for it now.</param>
public sealed record RootsModel(PageOf<RootRecord> Found, RootChecked? Checked) : IShowsMembers
{
    public IEnumerable<MemberId> Members => Checked?.Rewritten ?? [];
}

/// <summary>The roots, the latest first.</summary>
public sealed class RootsPage(Roots roots) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, null, cancellation);

    /// <summary>The list, with what came of comparing the newest.</summary>
    public async Task<Reply> Show(Visit visit, RootChecked? found, CancellationToken cancellation) =>
        Reply.Of<RootList>(new RootsModel(await Paging.Find(visit, (limit, continuation) => roots.List(limit, continuation, cancellation)),
            found), ProvingWords.Proof, on: ProvingRoom.Address);
}

/// <summary>Compares the newest root with the ledger, and changes nothing.</summary>
public sealed class CheckRoot(RootCheck check, RootsPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation) =>
        await page.Show(visit, await check.Run(cancellation), cancellation);
}
