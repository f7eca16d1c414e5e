using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Tests.Proof;

/// <summary>Somebody who may write to the database and knows how the ledger is built.</summary>
internal static class Forger
{
    /// <summary>Raises the first lot of a member, with every balance behind it, and seals the chain anew: nothing inside differs.</summary>
    public static async Task Raise(IClubStore store, MemberId memberId, decimal by, CancellationToken cancellation)
    {
        var more = Points.Of(by);
        var query = new IndexQuery(Entry.SequenceIndex, Entry.SequenceKey(memberId, 1), Entry.SequenceKey(memberId, 9_999_999_999),
            Partition: memberId, Limit: 1000);
        var documents = new List<Document>();
        await foreach (var document in store.FindAll(query, cancellation)) documents.Add(document);
        Entry? before = null;
        foreach (var document in documents.OrderBy(document => document.As<Entry>().Sequence))
        {
            var entry = document.As<Entry>() with { Hash = null, PreviousHash = before?.Hash };
            entry = before is null
                ? entry with
                {
                    Points = entry.Points + more, Balance = entry.Balance + more,
                    Lots = [Raised(entry.Lots[0], more), .. entry.Lots.Skip(1)],
                    Counter = [entry.Counter[0] with { Points = entry.Counter[0].Points - more }, .. entry.Counter.Skip(1)],
                }
                : entry with { BalanceBefore = entry.BalanceBefore + more, Balance = entry.Balance + more };
            (before, var sealedAgain) = entry.Seal();
            await store.Commit(memberId, [new Write.Replace(sealedAgain.Id, sealedAgain.Type, sealedAgain.Json, sealedAgain.Index,
                document.ETag)], cancellation);
        }
        var account = (await store.Read<Account>(memberId, Account.Id, cancellation))!;
        var first = documents.Select(document => document.As<Entry>()).Single(entry => entry.Sequence == 1).Lots[0];
        var line = new LotLine(first.Lot, more, first.EarnedOn, first.LapsesOn, first.AvailableOn, first.Awaits)
        {
            UnitCost = first.UnitCost, DealerId = first.DealerId, Payers = [.. first.Payers.Take(1).Select(payer => payer with { Points = more })],
        };
        var forged = account.Value.With(documents[0].As<Entry>().Wallet, line) with { Head = before!.Hash };
        await store.Commit(memberId, [forged.ToReplace(account.ETag)], cancellation);
    }

    private static LotLine Raised(LotLine line, Points more) => line with
    {
        Points = line.Points + more,
        Payers = FundingRules.Sum(line.Payers, [.. line.Payers.Take(1).Select(payer => payer with { Points = more })]),
    };
}
