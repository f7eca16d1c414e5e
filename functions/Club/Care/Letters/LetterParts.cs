using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.Options;

namespace Club.Care;

/// <summary>What other features ask of letters: to lapse, to go, to be told, to move along.</summary>
internal sealed class LetterParts(IClubStore store, ClubCalendar calendar, IOptions<RetentionOptions> retention)
    : IForgets, IErases, IExports, IMovesOnMerge
{
    private static readonly IndexQuery Own = new(CareLetter.MemberIndex, "", IndexQuery.Last, Limit: 50);

    public string DocumentType => CareLetter.Document;
    string IErases.Name => "letters";
    string IExports.Name => "letters";

    public async Task Forget(Document old, CancellationToken cancellation)
    {
        var letter = old.As<CareLetter>();
        if (letter.ForgetOn <= calendar.Today)
            await store.Commit(old.Partition,
                [LetterRules.Forgotten(letter, calendar.Today, retention.Value.MessageDays).ToReplace(old.ETag)], cancellation);
    }

    public Task<int> Erase(ErasedPerson person, CancellationToken cancellation) => person.DeleteAll(store, Own, cancellation);

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var document in store.FindAll(Own with { Partition = profile.MemberId }, cancellation))
            yield return JsonSerializer.SerializeToNode(document.As<CareLetter>(), ClubJson.Answers)!;
    }

    /// <summary>The account is sealed before, so nobody changes them meanwhile.</summary>
    public Task AfterEntries(Account from, MemberId to, CancellationToken cancellation) =>
        store.MoveAll<CareLetter>(Own, from.MemberId, to, letter => letter with { MemberId = to }, cancellation);
}
