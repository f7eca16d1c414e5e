using System.Diagnostics;
using System.Text.Json;
using Club.Local;
using Club.Sqlite;
using Club.Store;
using Functions.Local.Cli;
using Functions.Local.Queue;
using Microsoft.Data.Sqlite;

namespace Club.Chaos;

/// <summary>
/// Turns over one bit of one of the club's files after another: the start or <c>verify</c> finds it, or nothing that is served differs.
/// <c>--flips 3000 --seed 1</c>; with
/// <c>--flips 0</c> every bit there is. The start is told by what it does to the files, in this process; <c>verify</c> is the command
/// itself.
/// </summary>
internal static class Damage
{
    private const int MostTold = 20;

    public static async Task<Figures> Run(Options options)
    {
        var (flips, seed) = (options.Number("flips", 3_000), options.Number("seed", 1));
        var directory = Directory.CreateTempSubdirectory("club-damage-").FullName;
        try
        {
            await LivedClub.Build(directory);
            return await Run(directory, flips, new Random(seed));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<Figures> Run(string directory, int flips, Random random)
    {
        var watch = Stopwatch.StartNew();
        var files = LivedClub.Files.Select(name => File.ReadAllBytes(Path.Combine(directory, name))).ToArray();
        var work = Path.Combine(directory, ".club");
        Directory.CreateDirectory(work);
        Write(work, files);
        if (Start(work) is { } damage)
            throw new InvalidOperationException($"The files are damaged before anything was done to them: {damage}");
        if (await Verify(work) is > 0) throw new InvalidOperationException("verify finds something in whole files.");
        Write(work, files);
        var whole = await Served.Read(work, null);

        var told = new Tally();
        foreach (var (file, bit) in Bits(files, flips, random))
        {
            files[file][bit / 8] ^= (byte)(1 << (int)(bit % 8));
            Write(work, files);
            await Judge(work, files, whole, told, $"bit {bit} of {LivedClub.Files[file]}");
            files[file][bit / 8] ^= (byte)(1 << (int)(bit % 8));
        }
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "damage", bytes = LivedClub.Files.Zip(files, (name, bytes) => new { name, bytes.Length }),
                documents = whole.Documents.Count, queueRows = whole.Queue.Count,
            flips = told.Flips, foundByStart = told.ByStart, foundByVerify = told.ByVerify, harmless = told.Harmless, missed = told.Missed,
            servedFalse = told.False,
        }, JsonSerializerOptions.Web));
        using var process = Process.GetCurrentProcess();
        return new Figures("damage", told.Flips, Math.Round(watch.Elapsed.TotalSeconds, 1), 0,
            Math.Round(process.PeakWorkingSet64 / 1048576.0, 1), 0, 0, 0, [.. told.Faults.Take(MostTold)]);
    }

    private sealed class Tally
    {
        public int Flips, ByStart, ByVerify, Harmless, Missed, False;
        public List<string> Faults { get; } = [];
    }

    private static IEnumerable<(int File, long Bit)> Bits(byte[][] files, int flips, Random random)
    {
        if (flips > 0)
        {
            // Each file in its turn: the small ones are no less worth damaging.
            for (var i = 0; i < flips; i++) yield return (i % files.Length, random.NextInt64(files[i % files.Length].LongLength * 8));
            yield break;
        }
        for (var file = 0; file < files.Length; file++)
            for (var bit = 0L; bit < files[file].LongLength * 8; bit++) yield return (file, bit);
    }

    private static async Task Judge(string work, byte[][] files, Served whole, Tally told, string what)
    {
        told.Flips++;
        try
        {
            if (await Served.False(work, whole) is { } wrong)
            {
                told.False++;
                told.Faults.Add($"damage: {what} changes {wrong}, and it is served.");
            }
            Write(work, files);
            if (Start(work) is not null)
            {
                told.ByStart++;
                return;
            }
            Write(work, files);
            if (await Verify(work) != 0)
            {
                told.ByVerify++;
                return;
            }
            Write(work, files);
            if (whole.Equals(await Served.Read(work, whole)))
            {
                told.Harmless++;
                return;
            }
            told.Missed++;
            told.Faults.Add($"damage: {what} changes what is served, and nobody noticed.");
        }
        catch (Exception e)
        {
            told.Missed++;
            told.Faults.Add($"damage: {what} ends in {e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>What a start says of the files; null when it would go on.</summary>
    private static string? Start(string work)
    {
        try
        {
            var store = SqliteClubStore.Open(Path.Combine(work, "club.db"));
            store.DisposeAsync().AsTask().GetAwaiter().GetResult();
            return QueueCheck.Check(Path.Combine(work, "queue.db")) is [var damage, ..] ? damage : null;
        }
        catch (StoreException e)
        {
            return e.Message;
        }
    }

    private static async Task<int> Verify(string work)
    {
        Environment.SetEnvironmentVariable("Local__DataDirectory", work);
        Environment.SetEnvironmentVariable("Club__Programme", "foton");
        var (output, error) = (Console.Out, Console.Error);
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        try
        {
            return await CommandLine.Run(["verify"], ClubComposition.Club);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    private static void Write(string work, byte[][] files)
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(work)) File.Delete(file);
        LivedClub.CopyKept(Path.GetDirectoryName(work)!, work);
        for (var i = 0; i < files.Length; i++) File.WriteAllBytes(Path.Combine(work, LivedClub.Files[i]), files[i]);
    }
}
