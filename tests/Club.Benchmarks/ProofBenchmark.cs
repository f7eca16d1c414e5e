using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Club.Kernel;
using Club.Ledger;
using Club.Proof;
using Club.Store;

namespace Club.Benchmarks;

/// <summary>The root of a night over a million members of whom some have a new entry, and proofs by it; then the first root of a club, which
/// reads all of its entries.</summary>
internal static class ProofBenchmark
{
    private const int Proofs = 2000;

    public static async Task<object> Run(Arguments arguments)
    {
        var (members, changed, first) = (arguments.Number("members", 1_000_000), arguments.Number("changed", 30_000), arguments.Number("first", 100_000));
        await using var club = new BenchmarkClub();
        var (files, today) = (club.Get<IKeptFiles>(), club.Get<ClubCalendar>().Today);
        var before = await Keep(files, members, today.AddDays(-1));
        await club.Store.Commit(RootRecord.Partition, [before.ToCreate(), new RootMark { Day = before.Day }.ToCreate()]);
        await Fill(club, changed, 2);
        var (seeded, watch, cpu) = (BenchmarkClub.PeakMegabytes(), Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var root = await club.Get<RootMaker>().Make(default);
        var (seconds, peak, spent) = (watch.Elapsed.TotalSeconds, BenchmarkClub.PeakMegabytes(), Environment.CpuUsage.TotalTime - cpu);
        if (root.Heads != members || root.Number != 2 || root.Rewritten is not null) throw new InvalidOperationException("It is another root.");
        var (proofs, size) = (await Prove(files, root, members), (await files.Open(FileName.Parse(root.File).Value))!.Length);
        return new
        {
            benchmark = "proof", members, changed, rootSeconds = Math.Round(seconds, 2),
            rootSecondsOfCpu = Math.Round(spent.TotalSeconds, 2), seededMB = seeded, peakMB = peak, fileMB = size / 1048576,
            proofMicrosecondsP50 = proofs[Proofs / 2], proofMicrosecondsP99 = proofs[Proofs * 99 / 100],
            first = await First(first),
        };
    }

    /// <summary>A root of yesterday, with one entry of each member.</summary>
    private static async Task<RootRecord> Keep(IKeptFiles files, int members, DateOnly day)
    {
        MemberId[] ids = [.. Enumerable.Range(0, members).Select(BenchmarkClub.MemberId)];
        Array.Sort(ids);
        var bytes = new ArrayBufferWriter<byte>(members * 72);
        var writer = new HeadsWriter(bytes);
        foreach (var id in ids) writer.Add(new Head(id, 1, HeadOf(id)));
        var (tree, name) = (writer.End().ToString(), $"heads/{IndexKeys.Date(day)}-benchmark.heads");
        await files.Create(FileName.Parse(name).Value, new MemoryStream(bytes.WrittenSpan.ToArray()));
        var root = new RootRecord
        {
            Day = day, Number = 1, MadeAt = DateTimeOffset.UnixEpoch, Heads = members, Tree = tree, File = name,
            Root = RootRecord.RootOf(day, 1, members, tree, null),
        };
        await files.Create(FileName.Parse($"roots/{IndexKeys.Date(day)}.json").Value,
            new MemoryStream(DocumentJson.ToUtf8(root, ProofDocuments.Default.RootRecord)));
        return root;
    }

    private static Digest HeadOf(string id) => Digest.Of(System.Text.Encoding.ASCII.GetBytes(id));

    /// <summary>An entry each of so many members, which follows their head or is their first.</summary>
    private static Task Fill(BenchmarkClub club, int members, int sequence) =>
        Parallel.ForAsync(0, members, new ParallelOptions { MaxDegreeOfParallelism = 512 }, async (i, cancellation) =>
    {
        var id = BenchmarkClub.MemberId(i);
        var (wallet, day) = (new WalletCode("club"), new DateOnly(2026, 3, 2));
        var entry = new Entry
        {
            Id = Ids.Derived("e", $"{i}"), MemberId = id, Sequence = sequence, Kind = EntryKind.Expiry, Wallet = wallet,
            At = DateTimeOffset.UnixEpoch, On = day, RecordedAt = DateTimeOffset.UnixEpoch, Source = "club", SourceId = $"{i}",
            Points = Points.Of(700), BalanceBefore = Points.Zero, Balance = Points.Of(700),
            Lots = [new LotLine("260302qK23-sfU", Points.Of(700), day)], Counter = [new CounterLine("programme", Points.Of(-700))],
            Explanation = [], ProgrammeVersion = "1.0", PreviousHash = sequence == 1 ? null : HeadOf(id).ToString(),
        };
        await club.Store.Commit(id, [entry.Seal().Write], cancellation);
    });

    private static async Task<int[]> Prove(IKeptFiles files, RootRecord root, int members)
    {
        HeadsFile? told = null;
        var times = new int[Proofs];
        for (var i = 0; i < Proofs; i++)
        {
            var (id, watch) = (BenchmarkClub.MemberId(RandomNumberGenerator.GetInt32(members)), Stopwatch.StartNew());
            await using var heads = await OpenedHeads.Open(files, root, default, told);
            var proof = MemberProof.Of((await heads.Find(id, default))!, root);
            times[i] = (int)watch.Elapsed.TotalMicroseconds;
            told = heads.Told;
            if (ProofRules.Check(JsonSerializer.SerializeToUtf8Bytes(proof, ClubJson.Options), root.Root).Problem is { } problem)
                throw new InvalidOperationException(problem.Message);
        }
        Array.Sort(times);
        return times;
    }

    private static async Task<object> First(int entries)
    {
        await using var club = new BenchmarkClub();
        await Fill(club, entries, 1);
        var watch = Stopwatch.StartNew();
        var root = await club.Get<RootMaker>().Make(default);
        if (root.Heads != entries) throw new InvalidOperationException("It is another root.");
        return new { entries, seconds = Math.Round(watch.Elapsed.TotalSeconds, 2), perSecond = (int)(entries / watch.Elapsed.TotalSeconds) };
    }
}
