using System.Diagnostics;
using Club.Identity;
using Club.Kernel;
using Club.Local;
using Club.Members;
using Club.Messaging;
using Club.Sqlite;
using Club.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Benchmarks;

/// <summary>The club's use cases on a durable SQLite file in a temporary directory, without host or wire.</summary>
internal sealed class BenchmarkClub : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("club-benchmark").FullName;
    private readonly ServiceProvider _services;
    private readonly SqliteClubStore _keys;

    public BenchmarkClub(string programme = "foton", IReadOnlyDictionary<string, string?>? more = null)
    {
        File = SqliteClubStore.Open(Path.Combine(_directory, "club.db"));
        _keys = SqliteClubStore.Open(Path.Combine(_directory, "keys.db"));
        var settings = new Dictionary<string, string?>
        {
            ["Club:Programme"] = programme,
            ["Club:LookupKey"] = "a lookup key for benchmarks, long enough",
            ["WeChat:Token"] = "benchmark",
            ["WeChat:AppId"] = "wxbenchmark",
            ["SiteWebhook:Secrets:0"] = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string?>()) settings[name] = value;
        _services = new ServiceCollection().AddLogging()
            .AddClub(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton(TimeProvider.System).AddKeyedSingleton<IClubStore>(ClubStores.Documents, File)
            .AddKeyedSingleton<IClubStore>(ClubStores.Keys, _keys).AddSingleton<IWorkQueue, NoQueue>().AddSingleton<ISms, NoSms>()
            .AddSingleton<IKeptFiles>(new FolderFiles(Path.Combine(_directory, "proof")))
            .BuildServiceProvider();
    }

    public SqliteClubStore File { get; }

    /// <summary>The documents as the club reads them.</summary>
    public IClubStore Store => Get<IClubStore>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public static string Phone(int member) => $"138{member:D8}";

    /// <summary>Members as registration leaves them: a claim on the phone and a profile.</summary>
    public Task Seed(int members) =>
        Parallel.ForAsync(0, members, new ParallelOptions { MaxDegreeOfParallelism = 512 }, async (i, cancellation) =>
    {
        var id = MemberId(i);
        var claims = Get<Claims>();
        var partition = claims.PartitionOf(PersonIdentity.Of(PhoneNumber.Parse(Phone(i)).Value));
        await Store.Commit(partition, [new Claim { Partition = partition, MemberId = id }.ToCreate()], cancellation);
        await Store.Commit(id,
            [new Profile { MemberId = id, CardNumber = CardNumber.Derive(id, 0).Value, Status = MemberStatus.Member,
            JoinedAt = DateTimeOffset.UnixEpoch, JoinedFrom = "benchmark" }.ToCreate()], cancellation);
    });

    public static MemberId MemberId(int member) => new(Ids.Derived("M", $"{member}"));

    public static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return Math.Round(process.PeakWorkingSet64 / 1048576.0, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await File.DisposeAsync();
        await _keys.DisposeAsync();
        await _services.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private sealed class NoQueue : IWorkQueue
    {
        public Task Send(IReadOnlyList<string> messages, CancellationToken cancellation = default) => Task.CompletedTask;
    }

    private sealed class NoSms : ISms
    {
        public Task<SmsResult> Send(SmsMessage message, CancellationToken cancellation) =>
            Task.FromResult<SmsResult>(new SmsResult.Accepted("none"));
    }
}

/// <summary>Latencies in milliseconds.</summary>
internal static class Percentiles
{
    public static (double P50, double P99) Of(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return (At(sorted, 0.50), At(sorted, 0.99));
    }

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))], 2);
}
