using Functions.Local.Amqp;
using Functions.Local.Catalogue;
using Functions.Local.Http;
using Functions.Local.Queue;
using Functions.Local.Timers;
using Functions.Local.Topic;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Functions.Local.Hosting;

/// <summary>The one-process host: HTTP, queues and timers around the functions of a composition. Built, it holds nothing open; started, it
/// does.</summary>
public sealed class LocalHost : IAsyncDisposable
{
    /// <summary>How long running functions may take to end when the host stops.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Functions bound what they read; this bounds one that does not. Far above their bounds, so that a sender always gets their
    /// answer, not a closed connection.</summary>
    internal const int MaximumBody = 8 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly HostComposition _composition;
    private readonly LocalOptions _options;
    private readonly DurableQueues _queues;
    private readonly TimerLoops _timers;
    private readonly AmqpServer _amqp;
    private readonly DurableTopic _topic;
    private DataDirectoryLock? _lock;
    private bool _stopped;

    private LocalHost(WebApplication app, HostComposition composition)
    {
        _app = app;
        _composition = composition;
        _options = app.Services.GetRequiredService<LocalOptions>();
        _queues = app.Services.GetRequiredService<DurableQueues>();
        _timers = app.Services.GetRequiredService<TimerLoops>();
        _amqp = app.Services.GetRequiredService<AmqpServer>();
        _topic = app.Services.GetRequiredService<DurableTopic>();
    }

    public IServiceProvider Services => _app.Services;

    public string DataDirectory => Path.GetFullPath(_options.DataDirectory);

    /// <summary>Where HTTP is answered, once started: <c>http://127.0.0.1:7071</c>.</summary>
    public Uri HttpAddress => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Where the queue is sent to, once started.</summary>
    public int AmqpPort => _amqp.Port;

    /// <summary>Signalled when the process is asked to end.</summary>
    public CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    /// <exception cref="StartException">A setting or a function is wrong.</exception>
    public static LocalHost Build(IConfiguration settings, HostComposition composition, TimeProvider? time = null)
    {
        settings = Complete(settings, composition);
        var options = LocalOptions.Read(settings, composition.Explain);
        var functions = new FunctionCatalogue(composition.FunctionTypes, settings);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Functions.Local" });
        builder.Configuration.AddConfiguration(settings);
        composition.Logging(builder.Logging, settings);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limit(kestrel, options));
        builder.Services.AddRouting();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Patience);
        AddHost(builder.Services, options, functions, composition, time ?? TimeProvider.System);
        builder.Services.AddSingleton(provider => new DurableTopic(composition.Topic(settings), composition.TopicPacing,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DurableTopic>>()));
        composition.Services(builder.Services, settings);

        var app = builder.Build();
        var host = new LocalHost(app, composition);
        host.Route(functions, settings);
        return host;
    }

    /// <exception cref="StartException">Something that the host needs is taken, missing or set wrong.</exception>
    public async Task Start(CancellationToken cancellation = default)
    {
        try
        {
            await Take(cancellation);
            _amqp.Bind();
            _queues.Open(QueueFile);
            _topic.Open(TopicFile);
            await StartHttp(cancellation);
            _queues.Dispatch();
            _topic.Start();
            _amqp.Open();
            _timers.Start();
        }
        catch
        {
            await Stop();
            throw;
        }
    }

    /// <summary>Takes the data directory as a start does, for a command that writes: nobody is listened to, and what is left in queues
    /// waits for the next start.</summary>
    /// <exception cref="StartException">Something that the host needs is taken, missing or set wrong.</exception>
    public async Task Open(CancellationToken cancellation = default)
    {
        try
        {
            await Take(cancellation);
            _queues.Open(QueueFile);
            _topic.Open(TopicFile);
        }
        catch
        {
            await Stop();
            throw;
        }
    }

    private string QueueFile => Path.Combine(DataDirectory, "queue.db");

    private string TopicFile => Path.Combine(DataDirectory, "topic.db");

    private async Task Take(CancellationToken cancellation)
    {
        Services.GetService<IStartupValidator>()?.Validate();
        _lock = DataDirectoryLock.Take(DataDirectory);
        PrivateFiles.Close(DataDirectory, _composition.PrivateFiles);
        await _composition.Prepare(Services, cancellation);
    }

    /// <summary>Takes nothing more, lets running functions end, closes the files. Bounded: some ten seconds at most.</summary>
    public async Task Stop()
    {
        if (_stopped) return;
        _stopped = true;
        await Task.WhenAll(_amqp.Close(), _app.StopAsync(), _timers.Stop(), _queues.Drain(), _topic.Stop());
        _queues.Close();
        _topic.Close();
        if (_lock is not null) await _lock.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await _app.DisposeAsync();
    }

    /// <summary>What is set, over what the composition takes where nothing is.</summary>
    private static IConfiguration Complete(IConfiguration settings, HostComposition composition) =>
        new ConfigurationBuilder().AddInMemoryCollection(composition.Defaults(settings)).AddConfiguration(settings).Build();

    private static void AddHost(IServiceCollection services, LocalOptions options, FunctionCatalogue functions,
        HostComposition composition, TimeProvider time)
    {
        services.AddSingleton(time).AddSingleton(options).AddSingleton(composition.Pacing).AddSingleton(composition.Queues);
        services.AddSingleton(composition.Fault);
        services.AddSingleton<IEnumerable<QueueFunction>>(functions.Queues).AddSingleton<IEnumerable<TimerFunction>>(functions.Timers);
        services.AddSingleton<DurableQueues>().AddScoped<DeliveryKeys>();
        services.AddSingleton<TimerHistory>().AddSingleton<TimerLoops>().AddSingleton<AmqpServer>().AddSingleton(new QueueLimits());
        services.AddSingleton<Refusals>().AddSingleton<HttpCrowd>().AddSingleton(new HttpLimits());
    }

    private static void Limit(KestrelServerOptions kestrel, LocalOptions options)
    {
        var crowd = kestrel.ApplicationServices.GetRequiredService<HttpCrowd>();
        kestrel.Listen(System.Net.IPAddress.Parse(options.Address), options.HttpPort, listen =>
            listen.Use(next => connection => crowd.Serve(connection, next)));
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaximumBody;
        // Longer than any address that is answered, so that one that is too long is told so in a body: beyond this Kestrel answers alone.
        kestrel.Limits.MaxRequestLineSize = 4 * ProblemAnswers.LongestAddress;
        // Every byte of a header is a character: whoever reads it says what is wrong with it, and not Kestrel without a body.
        kestrel.RequestHeaderEncodingSelector = static _ => System.Text.Encoding.Latin1;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxConcurrentConnections = 1000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        // Longer than proxies keep a connection to use it again, so that they are the ones who end it.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
    }

    private void Route(FunctionCatalogue functions, IConfiguration settings)
    {
        var crowd = Services.GetRequiredService<HttpCrowd>();
        var key = new FunctionsKey(settings[DevelopmentKeys.FunctionsSetting]!, _composition.Refused);
        _app.Use(next => context =>
        {
            _composition.Begin(context);
            return crowd.Request(context, next);
        });
        _app.UseMiddleware<ProblemAnswers>();
        _app.UseRouting();
        _app.MapFunctions(functions.Http, key, _composition.Guard);
        if (_composition.Home is { } home) _app.MapMethods("/", [HttpMethods.Get], context => Lead(context, home));
        _app.MapAdmin(_timers, _queues, _topic, Services.GetRequiredService<TimeProvider>(), key);
    }

    private static Task Lead(HttpContext context, string home)
    {
        context.Response.Redirect(home);
        return Task.CompletedTask;
    }

    private async Task StartHttp(CancellationToken cancellation)
    {
        try
        {
            await _app.StartAsync(cancellation);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new StartException(
                $"The HTTP port {_options.HttpPort} is in use; set Local__HttpPort to another, or to 0 for a free one.", e);
        }
    }
}
