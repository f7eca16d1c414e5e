using Club.Kernel;
using Club.Local.Amqp;
using Club.Local.Cli;
using Club.Messaging;
using Club.Programmes;
using Club.Sqlite;
using Club.Store;
using Club.Transactions;

namespace Club.Local;

/// <summary>The club plugged into the one-process host: its functions, the embedded store, SMS that are recorded instead of sent.</summary>
public static class ClubComposition
{
    public static HostComposition Club { get; } = new()
    {
        FunctionTypes = [.. typeof(ClubComposition).Assembly.GetTypes().Where(type => type.Namespace == "Club.Triggers")],
        Services = Register,
        CheckClock = ClockJump.Check,
        Prepare = Prepare,
        Describe = Describe,
        FirstCall = "/api/members",
        Commands = ClubCommands.All,
    };

    private static void Register(IServiceCollection services, IConfiguration settings)
    {
        services.AddClub(settings);
        LocalTelemetry.Add(services, settings);
        services.AddSingleton<IKeyScopes, QueueKeyScopes>();
        services.AddSingleton(provider => SqliteClubStore.Open(StoreFile(provider)));
        services.AddSingleton<IClubStore>(provider => provider.GetRequiredService<SqliteClubStore>());
        services.AddSingleton<IFiles>(provider =>
            new FolderFiles(Path.Combine(provider.GetRequiredService<LocalOptions>().DataDirectory, "files")));
        services.AddSingleton<ISms>(provider =>
            new RecordingSms(Path.Combine(provider.GetRequiredService<LocalOptions>().DataDirectory, "sms.jsonl"),
                provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>What is wrong with programme, time zone or store is said before anything listens.</summary>
    private static async Task Prepare(IServiceProvider services, CancellationToken cancellation)
    {
        try
        {
            await services.GetRequiredService<Publication>().PublishFile(services.GetRequiredService<ProgrammeText>(), cancellation);
            LocalTelemetry.Observe(services);
        }
        catch (Exception exception) when (exception is ProgrammeException or StoreException)
        {
            throw new StartException(exception.Message, exception);
        }
    }

    private static async Task<IReadOnlyList<string>> Describe(IServiceProvider services)
    {
        var (rules, calendar) = (await services.GetRequiredService<ProgrammeLibrary>().Now(), services.GetRequiredService<ClubCalendar>());
        var programme = rules.Current;
        var next = rules.All.LastOrDefault(version => version.Programme.EffectiveFrom > rules.Today
            && version.Programme != programme)?.Programme;
        return
        [
            Banner.Line("Programme",
                $"{programme.Id} {programme.Version}, {programme.Name}{(next is null ? "" : $"; {next.Version} from {next.EffectiveFrom:yyyy-MM-dd}")}"),
            Banner.Line("Today", $"{calendar.Today:yyyy-MM-dd} in {calendar.Zone.Id}"),
            Banner.Line("SMS",
            $"recorded in {Path.Combine(services.GetRequiredService<LocalOptions>().DataDirectory, "sms.jsonl")}, never sent"),
            .. DevelopmentKeys.DescribeWebhooks(services.GetRequiredService<IConfiguration>()),
        ];
    }

    public static string StoreFile(IServiceProvider services) =>
        Path.Combine(services.GetRequiredService<LocalOptions>().DataDirectory, "club.db");
}
