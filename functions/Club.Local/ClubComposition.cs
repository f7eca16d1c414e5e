using Club.Access;
using Club.Desk;
using Club.Desk.Door;
using Club.Desk.Frame;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Sqlite;
using Club.Store;
using Club.Transactions;
using Club.Triggers;
using Functions.Local.Cli;
using Functions.Local.Hosting;
using Functions.Local.Queue;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Club.Local;

/// <summary>The club plugged into the one-process host: its functions, the embedded store, SMS that are recorded instead of sent.</summary>
public static class ClubComposition
{
    /// <summary>Partners send to the first; the second is the club's own work.</summary>
    public static QueueNames Queues { get; } = new("transactions", "work");

    public static HostComposition Club { get; } = new()
    {
        FunctionTypes = [.. typeof(ClubComposition).Assembly.GetTypes().Where(type => type.Namespace == "Club.Triggers")],
        Name = "the owners' club",
        Defaults = ClubDevelopmentKeys.For,
        Services = Register,
        Logging = (logging, settings) => logging.AddClubConsole(settings),
        Fault = Faults.Answer,
        Guard = function =>
        {
            var need = Need.Of(function);
            return (context, call) => context.RequestServices.GetRequiredService<Gate>().Answer(context, need, call);
        },
        Begin = AnswerHeaders.Add,
        Refused = context =>
        {
            Telemetry.Refusals.Add(1, new KeyValuePair<string, object?>("code", "unauthorized"));
            return context.RequestServices.GetService<CallLimits>()?.TakeUnproven(context);
        },
        Explain = WrongSetting.Sentence,
        Queues = Queues,
        Topic = LocalTopic.Setup,
        PrivateFiles = ["club.db*", "keys.db*", "sms.jsonl", "files", ProofFolder],
        CheckClock = ClockJump.Check,
        Prepare = Prepare,
        Describe = Describe,
        FirstCall = "/api/members",
        Home = Visit.Base,
        Commands = ClubCommands.All,
    };

    private static void Register(IServiceCollection services, IConfiguration settings)
    {
        var isOpen = LocalOptions.Read(settings, WrongSetting.Sentence).IsOpen;
        if (isOpen && !settings.GetSection("Sms:WebhookKeys").GetChildren().Any())
            throw new StartException(
                "The setting Local__Address opens the host to others, so Sms__WebhookKeys__0 must be set: without it anybody may tell that members refuse messages.");
        if (isOpen && settings["Auth:TokenKey"] == ClubDevelopmentKeys.TokenKey)
            throw new StartException(
                "The setting Local__Address opens the host to others, so Auth__TokenKey must be set: with the well-known key anybody makes tokens.");
        if (isOpen && !StaffKeys.AreStrong(settings))
            throw new StartException(
                $"The setting Local__Address opens the host to others, so FunctionsKey must have {StaffKeys.Least} or more random characters.");
        services.AddClub(settings).AddDesk();
        // One host at a time uses a data directory: whoever comes after a killed one goes on at once.
        services.AddSingleton(new Outgoing.Holder("local"));
        LocalTelemetry.Add(services, settings);
        services.AddSingleton<IKeyScopes, QueueKeyScopes>().AddGate();
        AddQueues(services);
        if (LocalTopic.Setup(settings) is not null) services.AddSingleton<Outgoing.ITopic, LocalTopic>();
        services.AddSingleton(provider => SqliteClubStore.Open(StoreFile(provider)));
        services.AddKeyedSingleton<IClubStore>(ClubStores.Documents, (provider, _) => provider.GetRequiredService<SqliteClubStore>());
        services.AddKeyedSingleton<IClubStore>(ClubStores.Keys, (provider, _) => SqliteClubStore.Open(KeyFile(StoreFile(provider))));
        services.AddSingleton<IFiles>(provider =>
            new FolderFiles(Path.Combine(provider.GetRequiredService<LocalOptions>().DataDirectory, "files")));
        services.AddSingleton<IKeptFiles>(provider => ProofFiles(provider.GetRequiredService<LocalOptions>()));
        services.AddSingleton(provider =>
            new RecordingSms(Path.Combine(provider.GetRequiredService<LocalOptions>().DataDirectory, "sms.jsonl"),
                provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISms>(provider => provider.GetRequiredService<RecordingSms>())
            .AddSingleton<IErases>(provider => provider.GetRequiredService<RecordingSms>()).AddSingleton<IErases, QueueErasure>();
    }

    /// <summary>What the club wants to know of the host's queues.</summary>
    internal static void AddQueues(IServiceCollection services) => services
        .AddSingleton<IWorkQueue, LocalWorkQueue>().AddSingleton<IBacklog, QueueBacklog>()
        .AddSingleton<IDeadLetters, LocalDeadLetters>()
        .AddScoped(call => new SentWith { Keys = call.GetRequiredService<DeliveryKeys>().Names });

    /// <summary>What is wrong with programme, time zone or store is said before anything listens.</summary>
    private static async Task Prepare(IServiceProvider services, CancellationToken cancellation)
    {
        try
        {
            await services.GetRequiredService<Publication>().PublishFile(services.GetRequiredService<ProgrammeText>(), cancellation);
            // The first event after the first start is told, too.
            await services.GetRequiredService<Outgoing.TopicTeller>().Begin(cancellation);
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
            .. ClubDevelopmentKeys.Describe(services.GetRequiredService<IConfiguration>()),
            Banner.Line("Console", ConsoleAddress(services)),
        ];
    }

    private const string ProofFolder = "proof";

    internal static IKeptFiles ProofFiles(LocalOptions options) => new FolderFiles(Path.Combine(options.DataDirectory, ProofFolder));

    /// <summary>The file of keys beside the ledger's.</summary>
    public static string KeyFile(string storeFile) => Path.Combine(Path.GetDirectoryName(storeFile)!, "keys.db");

    /// <summary>With a code for one sign-in, where the club signs staff's tokens itself and nobody else can read the banner's
    /// address.</summary>
    private static string ConsoleAddress(IServiceProvider services)
    {
        var host = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var isClosed = !services.GetRequiredService<LocalOptions>().IsOpen;
        return !isClosed || !services.GetRequiredService<IOptions<AuthOptions>>().Value.OwnStaffTokens
            ? $"{host}{Visit.Base}"
            : $"{host}{Visit.Base}/sign-in?code={services.GetRequiredService<OneTimeCodes>().Issue()} (for one sign-in, within {OneTimeCodes.Life.TotalMinutes} minutes)";
    }

    public static string StoreFile(IServiceProvider services) =>
        Path.Combine(services.GetRequiredService<LocalOptions>().DataDirectory, "club.db");
}
