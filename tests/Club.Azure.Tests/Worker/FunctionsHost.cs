using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Club.Azure.Tests.Worker.Rpc;
using Club.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Club.Azure.Tests.Worker;

/// <summary>
/// As much of the Functions host as a worker needs: it starts the worker's process, indexes and loads its functions, and invokes them.
/// Triggers are the test's: whoever has a message, a due timer or an HTTP request calls here.
/// </summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    private const string HostVersion = "4.1046.100";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _server;
    private readonly Dictionary<string, FunctionMetadata> _functions = [];
    private HttpClient? _http;
    private string? _key;

    private FunctionsHost(WebApplication server, WorkerStream stream, WorkerProcess process) =>
        (_server, Stream, Process) = (server, stream, process);

    public WorkerProcess Process { get; }

    public WorkerStream Stream { get; }

    /// <summary>What the worker says that it can.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, FunctionMetadata> Functions => _functions;

    /// <summary>From the start of the process until every function was loaded.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <exception cref="InvalidOperationException">The worker ended before it was ready; the message is what it said.</exception>
    public static async Task<FunctionsHost> Start(IReadOnlyDictionary<string, string> settings)
    {
        var host = await Launch(settings);
        host._key = settings.GetValueOrDefault("FunctionsKey");
        try
        {
            await host.Prepare();
            return host;
        }
        catch (Exception fault)
        {
            await Task.Delay(200);
            var output = host.Process.Output;
            await host.DisposeAsync();
            throw new InvalidOperationException($"The worker did not start: {fault.Message}\n{output}", fault);
        }
    }

    /// <summary>Only starts the process, which may end by itself.</summary>
    public static async Task<FunctionsHost> Launch(IReadOnlyDictionary<string, string> settings)
    {
        var stream = new WorkerStream();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton(stream);
        var server = builder.Build();
        server.MapGrpcService<WorkerStream>();
        await server.StartAsync();
        var port = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        return new FunctionsHost(server, stream, WorkerProcess.Start(port, settings));
    }

    /// <summary>Hands messages of a queue over; false when the function failed and they are to be delivered again.</summary>
    public Task<InvocationResponse> Invoke(string function, params IReadOnlyList<string> messages)
    {
        var trigger = Trigger(function);
        var many = trigger.TryGetProperty("cardinality", out var cardinality) && cardinality.GetString() == "Many";
        return Invoke(function, new TypedData(many ? new TypedData { Json = JsonSerializer.Serialize(messages) }
            : new TypedData { String = messages[0] }));
    }

    /// <summary>Runs a timer's function, as when its time has come.</summary>
    public Task<InvocationResponse> RunTimer(string function) =>
        Invoke(function, new TypedData { Json = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""" });

    /// <summary>An HTTP request, which goes straight to the worker beside the invocation that announces it.</summary>
    /// <param name="withKey">Shows the staff key of the settings.</param>
    public async Task<HttpResponseMessage> Send(string function, HttpRequestMessage request, bool withKey = true)
    {
        if (withKey) request.Headers.Add("x-functions-key", _key);
        var id = Guid.NewGuid().ToString();
        request.Headers.Add("x-ms-invocation-id", id);
        var address = new Uri(_http!.BaseAddress!, request.RequestUri!);
        var announced = Invoke(function, new TypedData { Http = new Http { Method = request.Method.Method, Url = address.AbsoluteUri } },
            id, RouteValues(function, address));
        var response = await _http.SendAsync(request);
        await announced;
        return response;
    }

    /// <summary>Asks the worker to end, as the host does when it scales in or is deployed anew.</summary>
    public void Terminate() =>
        Stream.Say(new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = new GracePeriod { Seconds = 5 } } });

    public JsonElement Trigger(string function) =>
        _functions[function].RawBindings.Select(binding => JsonElement.Parse(binding))
            .Single(binding => binding.GetProperty("type").GetString()!.EndsWith("rigger", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        Stream.End();
        await Process.DisposeAsync();
        _http?.Dispose();
        await _server.DisposeAsync();
        // Of whatever was asked of it, nothing that it wrote tells of a person.
        foreach (var log in Stream.Logs)
            if (LogWatch.Personal($"{log.Message} {log.Exception}") is { } found)
                throw new InvalidOperationException($"Logged: \"{found}\" in: {log.Category}: {log.Message} {log.Exception}");
    }

    private async Task Prepare()
    {
        var watch = Stopwatch.StartNew();
        var ended = Process.Exited();
        if (await Task.WhenAny(Stream.Started.WaitAsync(Patience), ended) == ended)
            throw new IOException($"it ended with code {Process.ExitCode}.");
        var initialised = (await Ask(new StreamingMessage
        {
            WorkerInitRequest = new WorkerInitRequest { HostVersion = HostVersion, WorkerDirectory = WorkerProcess.AppDirectory,
                FunctionAppDirectory = WorkerProcess.AppDirectory },
        })).WorkerInitResponse;
        Capabilities = initialised.Capabilities;
        var indexed = (await Ask(
            new StreamingMessage { FunctionsMetadataRequest =
            new FunctionsMetadataRequest { FunctionAppDirectory = WorkerProcess.AppDirectory } })).FunctionMetadataResponse;
        foreach (var function in indexed.FunctionMetadataResults) await Load(function);
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Capabilities["HttpUri"]), Timeout = Patience };
        ReadyAfter = watch.Elapsed;
    }

    private async Task Load(FunctionMetadata function)
    {
        // The host gives ids and reads the bindings.
        if (function.FunctionId.Length == 0) function.FunctionId = Guid.NewGuid().ToString();
        foreach (var binding in function.RawBindings.Select(binding => JsonElement.Parse(binding)))
        {
            function.Bindings[binding.GetProperty("name").GetString()!] = new BindingInfo
            {
                Type = binding.GetProperty("type").GetString()!,
                Direction = string.Equals(binding.GetProperty("direction").GetString(), "in", StringComparison.OrdinalIgnoreCase)
                ? BindingInfo.Types.Direction.In : BindingInfo.Types.Direction.Out,
            };
        }
        _functions[function.Name] = function;
        var message = new StreamingMessage { FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.FunctionId,
            Metadata = function } };
        var loaded = (await Stream.Ask(function.FunctionId, message).WaitAsync(Patience)).FunctionLoadResponse.Result;
        if (loaded.Status != StatusResult.Types.Status.Success)
            throw new InvalidOperationException($"{function.Name} was not loaded: {loaded.Exception?.Message}");
    }

    /// <summary>What the parts of the route were, which the host reads and tells.</summary>
    private RouteValueDictionary RouteValues(string function, Uri address)
    {
        var values = new RouteValueDictionary();
        var route = Trigger(function).TryGetProperty("route", out var given) ? given.GetString()! : function;
        new TemplateMatcher(TemplateParser.Parse($"api/{route}"), []).TryMatch(address.AbsolutePath, values);
        return values;
    }

    private async Task<InvocationResponse> Invoke(string function, TypedData data, string? id = null, RouteValueDictionary? metadata = null)
    {
        id ??= Guid.NewGuid().ToString();
        var request = new InvocationRequest
        {
            InvocationId = id, FunctionId = _functions[function].FunctionId,
                TraceContext = new TraceContext { TraceParent = $"00-{Guid.NewGuid():N}-{id[..8]}{id[..8]}-01" },
                RetryContext = new RetryContext(),
        };
        request.InputData.Add(new ParameterBinding { Name = Trigger(function).GetProperty("name").GetString(), Data = data });
        foreach (var (name, value) in metadata ?? []) request.TriggerMetadata[name] = new TypedData { String = value?.ToString() ?? "" };
        return (await Stream.Ask(id, new StreamingMessage { InvocationRequest = request })).InvocationResponse;
    }

    private Task<StreamingMessage> Ask(StreamingMessage message)
    {
        message.RequestId = Guid.NewGuid().ToString();
        return Stream.Ask(message.RequestId, message).WaitAsync(Patience);
    }
}
