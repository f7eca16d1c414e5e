using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Edges;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Running;
using Club.Spending;
using Club.Store;
using Club.Transactions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Club.Tests.Support;

/// <summary>A whole club on a test clock: 2 March 2026, 12:00 in Shanghai, unless told otherwise.</summary>
public sealed class ClubFixture : IAsyncDisposable
{
    public const string WebhookSecret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static readonly MemoryStore Shared = new();
    private readonly ServiceProvider _services;

    public ClubFixture(string programme = "foton", IClubStore? store = null, Programme? rules = null, ISms? sms = null,
        string zone = "Asia/Shanghai", IClubStore? keys = null,
        IReadOnlyDictionary<string, string?>? more = null, IKeptFiles? kept = null)
    {
        Raw = store ?? new MemoryStore();
        Keys = keys ?? Shared;
        Sms = sms as RecordedSms ?? new RecordedSms();
        var settings = new Dictionary<string, string?>
        {
            ["Club:Programme"] = programme,
            ["Club:TimeZone"] = zone,
            ["Club:LookupKey"] = "a lookup key for tests, long enough",
            ["WeChat:Token"] = "AAAAA",
            ["WeChat:AppId"] = "wxba5fad812f8e6fb9",
            ["WeChat:EncodingAesKey"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            ["WeChat:RequireEncryption"] = "false",
            ["SiteWebhook:Secrets:0"] = WebhookSecret,
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string?>()) settings[name] = value;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddClub(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        if (rules is not null) services.AddSingleton(rules);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddKeyedSingleton(ClubStores.Documents, Raw);
        services.AddKeyedSingleton(ClubStores.Keys, Keys);
        services.AddSingleton<IWorkQueue>(Queue);
        services.AddSingleton(sms ?? Sms);
        services.AddSingleton<IFiles>(Files).AddSingleton(kept ?? Kept);
        services.AddSingleton<IDeadLetters>(DeadLetters);
        services.AddSingleton<IAnswers>(Answers);
        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 4, 0, 0, TimeSpan.Zero));

    /// <summary>The documents as the club reads them.</summary>
    public IClubStore Store => Get<IClubStore>();

    /// <summary>The documents as they are kept.</summary>
    public IClubStore Raw { get; }

    /// <summary>Where the keys of what is personal are: in one place for all clubs, so that several may read one store.</summary>
    public IClubStore Keys { get; }
    public RecordedSms Sms { get; }

    /// <summary>What is logged; nothing of it may tell of a person.</summary>
    public LogWatch Logs { get; } = new();
    public MemoryFiles Files { get; } = new();

    /// <summary>Unless the test has its own.</summary>
    public MemoryFiles Kept { get; } = new();
    public QueuedWork Queue { get; } = new();
    public MemoryDeadLetters DeadLetters { get; } = new();
    public RecordedAnswers Answers { get; } = new();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public Programme Programme => Get<Programme>();

    /// <summary>Sets the clock to a business date and time in Shanghai.</summary>
    public void At(int year, int month, int day, int hour = 12, int minute = 0) =>
        Clock.SetUtcNow(new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.FromHours(8)));

    public Task<Registered> Register(string phone = "13800138000", Func<Registration, Registration>? with = null)
    {
        var registration = new Registration { Source = "website", Phone = Identity.PhoneNumber.Parse(phone).Value };
        return Get<Register>().Handle(with?.Invoke(registration) ?? registration);
    }

    public Task<IReadOnlyList<Receipt>> Send(params IReadOnlyList<string> messages) => Get<Accrue>().Handle(messages);

    /// <summary>Publishes a programme file, as staff do; the first one may begin in the past.</summary>
    public Task<PublicationResult> Publish(JsonNode file, string author = "王编辑") =>
        Get<Publication>().Publish(ProgrammeText.Read(Encoding.UTF8.GetBytes(file.ToJsonString())), author);

    public async Task<Account> Account(MemberId memberId) => await Get<MemberLedger>().Load(memberId, default);

    public async Task<Points> Balance(MemberId memberId, string? wallet = null) =>
        (await Account(memberId)).Wallet(new WalletCode(wallet ?? Programme.DefaultWallet.Code)).Balance;

    public async Task<IReadOnlyList<Entry>> Entries(MemberId memberId) =>
        (await Get<MemberViews>().Entries(memberId, null, Caller.Operator, 200, null, default))!.Value.Items;

    /// <summary>Starts a sweep as its timer would and works off every message.</summary>
    public async Task<(int Done, int Failed)> Sweep(params IReadOnlyList<string> sweeps)
    {
        await Get<Work>().Start(default, sweeps);
        var (done, failed) = (0, 0);
        foreach (var message in Queue.Take())
            foreach (var report in await Get<Work>().Handle(message))
                (done, failed) = (done + report.Done, failed + report.Failed);
        return (done, failed);
    }

    /// <summary>Everything that the store tells as changed, from the beginning.</summary>
    public async Task<IReadOnlyList<Document>> Changes()
    {
        var documents = new List<Document>();
        for (ChangePage? page = null; page is not { Documents.Count: 0 };)
        {
            page = await Store.Changes(page?.Bookmark);
            documents.AddRange(page.Documents);
        }
        return documents;
    }

    public async Task<IReadOnlyList<string>> Verify() => (await Get<Verification>().Verify()).Differences;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Logs.Check();
    }
}

/// <summary>Work that waits for the test to carry it out; several may send and take at once.</summary>
public sealed class QueuedWork : IWorkQueue
{
    private readonly ConcurrentQueue<string> _messages = new();

    public Task Send(IReadOnlyList<string> messages, CancellationToken cancellation = default)
    {
        foreach (var message in messages) _messages.Enqueue(message);
        return Task.CompletedTask;
    }

    public IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (_messages.TryDequeue(out var message)) taken.Add(message);
        return taken;
    }
}

/// <summary>A provider that keeps what it was asked to send, once per repeatability id, in the order in which it was first asked.</summary>
public sealed class RecordedSms : ISms
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<Guid, SmsMessage> _sent = [];

    public IReadOnlyCollection<SmsMessage> Sent
    {
        get
        {
            lock (_lock) return [.. _sent.Values];
        }
    }

    public Task<SmsResult> Send(SmsMessage message, CancellationToken cancellation)
    {
        lock (_lock) _sent[message.RepeatabilityId] = message;
        return Task.FromResult<SmsResult>(new SmsResult.Accepted($"sms-{message.RepeatabilityId}"));
    }
}

/// <summary>A queue that keeps what the club answers.</summary>
public sealed class RecordedAnswers : IAnswers
{
    private readonly ConcurrentQueue<Answer> _sent = new();

    public IReadOnlyCollection<Answer> Sent => _sent;

    /// <summary>Whether the queue takes nothing.</summary>
    public bool IsDown { get; set; }

    public Task Send(Answer answer, CancellationToken cancellation)
    {
        if (IsDown) throw new IOException("The queue of answers is down.");
        _sent.Enqueue(answer);
        return Task.CompletedTask;
    }
}
