using System.Reflection;
using System.Text.Json;
using Club.Azure.Tests.Cloud;
using Club.Azure.Tests.Worker;
using Club.Local;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace Club.Azure.Tests;

/// <summary>What the worker tells the host of its functions, held against their attributes, which the local host reads.</summary>
public sealed class IndexingTests(AzureClub club)
{
    private static readonly List<(string Name, MethodInfo Method, ParameterInfo Parameter, Attribute Trigger)> Declared =
    [
        .. from type in typeof(ClubComposition).Assembly.GetTypes()
           where type.Namespace == "Club.Triggers"
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           from parameter in method.GetParameters()
           from attribute in parameter.GetCustomAttributes()
           where attribute is HttpTriggerAttribute or ServiceBusTriggerAttribute or TimerTriggerAttribute
           select (function.Name, method, parameter, attribute),
    ];

    [Fact]
    public void Every_function_is_indexed_and_no_other() =>
        Assert.Equal(Declared.Select(function => function.Name).Order(StringComparer.Ordinal),
            club.Host.Functions.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_function_is_entered_where_it_is_declared()
    {
        foreach (var (name, method, _, _) in Declared)
        {
            var indexed = club.Host.Functions[name];
            Assert.Equal(($"{method.DeclaringType!.FullName}.{method.Name}", "Club.Azure.dll", "dotnet-isolated"),
                (indexed.EntryPoint, indexed.ScriptFile, indexed.Language));
        }
    }

    [Fact]
    public void Every_trigger_binds_as_its_attribute_says()
    {
        foreach (var (name, _, parameter, trigger) in Declared)
        {
            var binding = club.Host.Trigger(name);
            Assert.Equal(parameter.Name, Text(binding, "name"));
            switch (trigger)
            {
                case HttpTriggerAttribute http:
                    Assert.Equal(("httpTrigger", http.AuthLevel.ToString(), http.Route),
                        (Text(binding, "type"), Text(binding, "authLevel"), Text(binding, "route")));
                    Assert.Equal(http.Methods, binding.GetProperty("methods").EnumerateArray().Select(method => method.GetString()));
                    break;
                case ServiceBusTriggerAttribute queue:
                    Assert.Equal(("serviceBusTrigger", queue.QueueName, queue.Connection),
                        (Text(binding, "type"), Text(binding, "queueName"), Text(binding, "connection")));
                    Assert.Equal(queue.IsBatched ? "Many" : "One", Text(binding, "cardinality"));
                    Assert.Equal("String", Text(binding, "dataType"));
                    Assert.False(binding.TryGetProperty("autoCompleteMessages", out _), "host.json says for all that the host completes.");
                    break;
                case TimerTriggerAttribute timer:
                    Assert.Equal(("timerTrigger", timer.Schedule), (Text(binding, "type"), Text(binding, "schedule")));
                    break;
            }
        }
    }

    [Fact]
    public void The_worker_says_what_the_host_needs_to_hand_calls_over()
    {
        Assert.StartsWith("http://", club.Host.Capabilities["HttpUri"], StringComparison.Ordinal);
        Assert.Equal("True", club.Host.Capabilities["HandlesWorkerTerminateMessage"]);
        Assert.Equal("True", club.Host.Capabilities["HandlesInvocationCancelMessage"]);
    }

    [Fact]
    public void What_the_host_reads_lies_beside_the_worker()
    {
        using var host = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(WorkerProcess.AppDirectory, "host.json")));
        Assert.Equal("api", host.RootElement.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
        using var worker = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(WorkerProcess.AppDirectory, "worker.config.json")));
        Assert.Equal("Club.Azure.dll", worker.RootElement.GetProperty("description").GetProperty("defaultWorkerPath").GetString());
    }

    private static string? Text(JsonElement binding, string name) => binding.TryGetProperty(name, out var value) ? value.GetString() : null;
}
