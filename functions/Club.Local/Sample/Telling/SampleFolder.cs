using Club.Access;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Sqlite;
using Club.Store;
using Functions.Local.Hosting;

namespace Club.Local.Sample;

/// <summary>The data directory of this machine's host, taken to make a club in it. A folder that was used is refused, however little is in
/// it.</summary>
internal sealed class SampleFolder : IAsyncDisposable
{
    /// <summary>What a host leaves that was started and not used.</summary>
    private static readonly string[] Unused = [TypeOf<ProgrammeCatalogue>(), TypeOf<StoredProgramme>(), TypeOf<PublicationRecord>(),
        TypeOf<StoreProbe>(), TypeOf<AuditRecord>(), TypeOf<Bookmark>()];

    private const int Together = 500;

    private readonly LocalHost _host;
    private readonly SampleClock _clock;
    private readonly SampleClub _club;

    private SampleFolder(LocalHost host, SampleClock clock, SampleClub club) => (_host, _clock, _club) = (host, clock, club);

    public SampleTally Tally { get; } = new();

    public string Directory => _host.DataDirectory;

    public IServiceProvider Services => _host.Services;

    /// <param name="programme">The name or file of the options' programme.</param>
    /// <exception cref="StartException">The folder holds a club, another host uses it, or a setting is wrong.</exception>
    public static async Task<SampleFolder> Open(IConfiguration settings, string programme, SampleOptions options,
        CancellationToken cancellation)
    {
        var clock = new SampleClock(new DateTimeOffset(options.From.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        var changed = new ConfigurationBuilder().AddConfiguration(settings)
            .AddInMemoryCollection([new($"{ClubOptions.Section}:{nameof(ClubOptions.Programme)}", programme),
                new("Logging:LogLevel:Club", "Warning"),
                new($"Logging:LogLevel:{typeof(ComplaintSweep).FullName}", "Error")]).Build();
        var host = LocalHost.Build(changed, ClubComposition.Club with
        {
            Services = Filled,
            Prepare = async (services, token) =>
            {
                await Refuse(services.GetRequiredKeyedService<IClubStore>(ClubStores.Documents), token);
                await ClubComposition.Club.Prepare(services, token);
            },
        }, clock);
        try
        {
            await host.Open(cancellation);
            return new SampleFolder(host, clock, new SampleClub(options));
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc cref="SampleRun.Live"/>
    public Task<DateOnly?> Fill(Action<DateOnly> after, CancellationToken stop)
    {
        var teller = ActivatorUtilities.CreateInstance<SampleTeller>(Services, Tally);
        var staff = ActivatorUtilities.CreateInstance<SampleStaff>(Services, _club, _clock, Tally);
        ISampleDesk[] desks = [Desk<SampleOpening>(), Desk<SampleActivities>(), Desk<SampleComplaints>(), Desk<SampleApplications>(Tally),
            Desk<SampleOrders>(), Desk<SamplePartnering>(), Desk<SampleReferrals>(), Desk<SampleCalls>(), Desk<SampleDoubts>(teller),
            Desk<SampleMonths>()];
        return ActivatorUtilities.CreateInstance<SampleRun>(Services, teller, staff, desks, _clock, Tally).Live(_club, after, stop);

        T Desk<T>(params object[] with) where T : ISampleDesk => ActivatorUtilities.CreateInstance<T>(Services, with);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>The club's services on files that need not wait for the disk: what a power failure takes is made again.</summary>
    private static void Filled(IServiceCollection services, IConfiguration settings)
    {
        ClubComposition.Club.Services(services, settings);
        services.AddKeyedSingleton<IClubStore>(ClubStores.Documents, (provider, _) =>
            FilledClubStore.Open(ClubComposition.StoreFile(provider), together: Together));
        // No document may be there before the key that it is kept under.
        services.AddKeyedSingleton<IClubStore>(ClubStores.Keys, (provider, _) =>
            FilledClubStore.Open(ClubComposition.KeyFile(ClubComposition.StoreFile(provider)), together: 1));
        services.AddSingleton<IKeptFiles>(provider => new SampleKeptFiles(
            ClubComposition.ProofFiles(provider.GetRequiredService<LocalOptions>()),
            (FilledClubStore)provider.GetRequiredKeyedService<IClubStore>(ClubStores.Documents)));
        services.AddSingleton<ISms, SampleSms>().AddSingleton<IWorkQueue, SampleQueue>();
    }

    private static async Task Refuse(IClubStore store, CancellationToken cancellation)
    {
        for (ChangePage? page = null; page is not { Documents.Count: 0 };)
        {
            page = await store.Changes(page?.Bookmark, cancellation: cancellation);
            if (page.Documents.Any(document => !Unused.Contains(document.Type)))
                throw new StartException(
                    "The data directory holds a club already, and a sample is made in an empty one only: set Local__DataDirectory to another folder, or delete this one.");
        }
    }

    private static string TypeOf<T>() where T : class, IStored<T> => T.DocumentType;
}
