using System.Collections.Concurrent;
using System.Security.Cryptography;
using Club.Access;
using Club.Kernel;
using Club.Store;

namespace Club.Gifts;

/// <summary>Makes codes of vouchers, and takes over those of others.</summary>
public sealed class VoucherBatches(IClubStore store, VoucherPools pools, VoucherSecrets secrets, IWorkQueue queue,
    ClubCalendar calendar) : IFinishes
{
    private const int SaltBytes = 18;

    /// <summary>Codes of an import between two notes of how far it has come.</summary>
    private const int Step = 100;
    private const int AtOnce = 16;

    /// <summary>Larger imports are made by the work queue.</summary>
    private const int MostAtOnce = 200;

    public string DocumentId => VoucherBatch.DocumentName;

    /// <summary>The club's own codes are there when this returns; those of an import, when there are not many.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>not-offered</c>, <c>different-content</c>.</returns>
    public async Task<Outcome<Answered<BatchView>>> Make(BatchRequest request, Command command, Caller caller,
        CancellationToken cancellation)
    {
        if (await store.Read<Gift>(Gift.PartitionOf(request.Gift), Gift.Id, cancellation) is not { Value: var gift })
            return await store.Unknown(request.Gift, "$.gift", cancellation);
        if (gift.Kind != GiftKind.Voucher)
            return new Problem("not-offered", $"$.gift: {gift.Name} is no voucher, so it has no codes.", "$.gift") { Kind = ProblemKind.Conflict };
        var cause = Ids.Derived("", command.Scope, command.Key);
        for (var attempt = 0; ;)
        {
            var id = IdOf(cause, attempt);
            if (await Read(id, cancellation) is not { Value: var known })
            {
                if (await Create(id, cause, request, command, caller, cancellation) is { } made) return made;
                continue;
            }
            if (known.Cause != cause)
            {
                attempt++;
                continue;
            }
            if (!known.IsImported) await Finish(known, cancellation);
            var told = await store.Read<CommandRecord>(known.Partition, CommandRecord.IdOf(command.Key, command.Scope), cancellation);
            return told!.Value.Again<BatchView>(command);
        }
    }

    public async Task<BatchView?> Find(string id, CancellationToken cancellation) =>
        id.Length == VoucherCode.BatchLength && await Read(id, cancellation) is { Value: var batch } ? BatchView.Of(batch) : null;

    public Task Finish(Document half, CancellationToken cancellation) => Finish(half.As<VoucherBatch>(), cancellation);

    /// <returns>Null when another has it.</returns>
    private async Task<Outcome<Answered<BatchView>>?> Create(string id, string cause, BatchRequest request, Command command, Caller caller,
        CancellationToken cancellation)
    {
        var batch = new VoucherBatch
        {
            Id = id, Gift = request.Gift, Count = request.Count, Salt = Ids.Base64Url(RandomNumberGenerator.GetBytes(SaltBytes)),
            IsImported = request.Codes is not null, State = BatchState.Making, Duplicates = Twice(request.Codes ?? []), At = calendar.Now,
            Author = caller.Name ?? AuditTrail.Unnamed, Cause = cause,
        };
        var answer = BatchView.Of(batch.IsImported ? batch : Done(batch));
        Write[] writes = [batch.ToCreate(), CommandRecord.Of(command, batch.Author, batch.At, answer).ToCreate(),
            .. (request.Codes ?? []).Chunk(VoucherCodes.PartSize).Select((codes, part) => secrets.Close(batch, part, codes).ToCreate())];
        if (await store.Commit(batch.Partition, writes, cancellation) is not CommitResult.Written) return null;
        if (batch.Count <= MostAtOnce || !batch.IsImported) await Finish(batch, cancellation);
        else await queue.Send([WorkMessage.ToFinish(batch.Partition)], cancellation);
        return (Outcome<Answered<BatchView>>)new Answered<BatchView>(answer, IsRepeat: false);
    }

    private async Task Finish(VoucherBatch batch, CancellationToken cancellation)
    {
        while (batch.State == BatchState.Making)
        {
            if (await Read(batch.Id, cancellation) is not { } stored) return;
            batch = stored.Value;
            if (batch.State != BatchState.Making) return;
            var next = batch;
            if (batch.IsImported && batch.Made < batch.Count) next = await Import(batch, cancellation);
            else
            {
                await pools.Add(batch, [.. batch.Duplicates.Select(one => NumberOf(one.Path))], cancellation);
                next = Done(batch);
            }
            // Another that makes it too has come as far.
            await store.Commit(batch.Partition, [next.ToReplace(stored.ETag)], cancellation);
        }
    }

    /// <summary>The next codes, each where it will be looked for. One that is there already is another's.</summary>
    private async Task<VoucherBatch> Import(VoucherBatch batch, CancellationToken cancellation)
    {
        var (first, part) = (batch.Made, batch.Made / VoucherCodes.PartSize);
        var codes = secrets.Open(batch, (await store.Read<VoucherPart>(batch.Partition, VoucherPart.IdOf(part), cancellation))!.Value);
        var last = Math.Min(Math.Min(first + Step, batch.Count), (part + 1) * VoucherCodes.PartSize);
        var known = new ConcurrentBag<int>();
        await Parallel.ForEachAsync(Enumerable.Range(first, last - first), new ParallelOptions { MaxDegreeOfParallelism = AtOnce,
            CancellationToken = cancellation },
            async (number, token) =>
            {
                if (batch.Duplicates.Any(one => one.Path == PathOf(number))) return;
                var (own, place) = (new VoucherId(batch.Id, number), secrets.ClaimOf(codes[number % VoucherCodes.PartSize]));
                if (await store.Commit(place, [new VoucherClaim { Voucher = own }.ToCreate()], token) is CommitResult.Written) return;
                if ((await store.Read<VoucherClaim>(place, VoucherClaim.Id, token))?.Value.Voucher != own) known.Add(number);
            });
        return batch with { Made = last, Duplicates = [.. batch.Duplicates, .. known.Order().Select(number => new DuplicateCode(PathOf(number), "known"))] };
    }

    private static VoucherBatch Done(VoucherBatch batch) => batch with { State = BatchState.Ready, Made = batch.Count };

    private static DuplicateCode[] Twice(IReadOnlyList<string> codes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, codes.Count).Where(number => !seen.Add(codes[number])).Select(number => new DuplicateCode(PathOf(number), "twice"))];
    }

    private static string PathOf(int number) => FormattableString.Invariant($"$.codes[{number}]");

    private static int NumberOf(string path) => int.Parse(path["$.codes[".Length..^1], System.Globalization.CultureInfo.InvariantCulture);

    private ValueTask<Stored<VoucherBatch>?> Read(string id, CancellationToken cancellation) =>
        store.Read<VoucherBatch>(VoucherBatch.PartitionOf(id), VoucherBatch.DocumentName, cancellation);

    private static string IdOf(string cause, int attempt)
    {
        var bits = Ids.Hash(Ids.Derived(cause, FormattableString.Invariant($"{attempt}")));
        return string.Create(VoucherCode.BatchLength, bits, static (text, left) =>
        {
            foreach (ref var c in text)
            {
                c = VoucherCode.Alphabet[(int)(left & 31)];
                left >>= 5;
            }
        });
    }
}
