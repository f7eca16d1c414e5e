using System.Reflection;
using System.Text.RegularExpressions;
using Club.Local;
using Club.Tests.Support;
using Club.Triggers;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace Club.Tests.Azure;

/// <summary>
/// The functions are compiled twice: here against Club.Local's declarations, in Azure against the real packages. What Club.Local declares must
/// therefore be no more than what these have (azure-functions-dotnet-worker: Worker 2.52.0, Http 3.3.0, ServiceBus 5.24.0, Timer 4.3.1).
/// </summary>
public sealed partial class TriggerCompatibilityTests
{
    private static readonly Dictionary<string, string[]> Real = new()
    {
        ["FunctionAttribute"] = [".ctor(String name)", "Name"],
        ["AuthorizationLevel"] = ["Anonymous=0", "User=1", "Function=2", "System=3", "Admin=4"],
        ["HttpTriggerAttribute"] = [".ctor()", ".ctor(String[] methods)", ".ctor(AuthorizationLevel authLevel)", ".ctor(AuthorizationLevel authLevel, String[] methods)", "Route set", "Methods", "AuthLevel"],
        ["ServiceBusTriggerAttribute"] =
            [".ctor(String queueName)", ".ctor(String topicName, String subscriptionName)", "Connection set", "QueueName", "TopicName", "SubscriptionName", "IsSessionsEnabled set", "IsBatched set", "AutoCompleteMessages set"],
        ["TimerTriggerAttribute"] = [".ctor(String schedule)", "Schedule", "UseMonitor set", "RunOnStartup set"],
        ["TimerInfo"] = [".ctor()", "ScheduleStatus set", "IsPastDue set"],
        ["ScheduleStatus"] = [".ctor()", "Last set", "Next set", "LastUpdated set"],
    };

    [Fact]
    public void The_local_declarations_offer_nothing_that_the_real_packages_lack()
    {
        var declared = typeof(LocalHost).Assembly.GetTypes().Where(type => type.IsPublic && type.Namespace == typeof(FunctionAttribute).Namespace).ToList();
        Assert.NotEmpty(declared);
        foreach (var type in declared)
        {
            Assert.True(Real.TryGetValue(type.Name, out var members), $"{type.Name} is not among the types that the triggers may use.");
            Assert.Empty(Members(type).Except(members));
        }
    }

    [Fact]
    public void Triggers_know_no_other_part_of_a_host()
    {
        foreach (var source in Repository.Sources("Triggers"))
            Assert.DoesNotContain(Usings().Matches(source).Select(match => match.Groups["name"].Value),
                name => name.StartsWith("Club.Local", StringComparison.Ordinal) || name.StartsWith("Club.Azure", StringComparison.Ordinal) || (name.Contains("Azure", StringComparison.Ordinal) && name != typeof(FunctionAttribute).Namespace));
    }

    // Without a level the real attribute means Function in one constructor and Anonymous in another.
    [Fact]
    public void Every_HTTP_function_says_who_may_call_it()
    {
        var triggers = Repository.Sources("Triggers").Sum(source => HttpTriggers().Count(source));
        var levels = Repository.Sources("Triggers").Sum(source => HttpTriggersWithLevel().Count(source));
        Assert.Equal(Functions().Count(function => function.Trigger is HttpTriggerAttribute), triggers);
        Assert.Equal(triggers, levels);
    }

    // The hosts' defaults differ: here it is part of the attribute, there of host.json.
    [Fact]
    public void No_queue_function_leaves_the_common_way_to_complete_messages() =>
        Assert.DoesNotContain(Repository.Sources("Triggers"), source => source.Contains("AutoCompleteMessages", StringComparison.Ordinal));

    // The Functions SDK refuses two of one name; the host takes letters, digits, _ and -.
    [Fact]
    public void Functions_have_names_that_the_host_takes()
    {
        var names = Functions().Select(function => function.Name).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Matches("^[A-Za-z][A-Za-z0-9_-]{0,127}$", name));
    }

    // A batch arrives as an array only when the attribute says so, in both hosts.
    [Fact]
    public void Queue_functions_take_text_or_batches_of_text() =>
        Assert.All(Functions().Where(function => function.Trigger is ServiceBusTriggerAttribute), function =>
            Assert.Equal(((ServiceBusTriggerAttribute)function.Trigger).IsBatched ? typeof(string[]) : typeof(string), function.Parameter.ParameterType));

    internal static IEnumerable<(string Name, Attribute Trigger, ParameterInfo Parameter)> Functions() =>
        from type in typeof(QueueFunctions).Assembly.GetTypes()
        where type.Namespace == typeof(QueueFunctions).Namespace
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        from attribute in parameter.GetCustomAttributes()
        where attribute is HttpTriggerAttribute or ServiceBusTriggerAttribute or TimerTriggerAttribute
        select (function.Name, attribute, parameter);

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? Enum.GetValues(type).Cast<object>().Select(value => $"{value}={(int)value}")
        : type.GetConstructors().Select(constructor => $".ctor({string.Join(", ", constructor.GetParameters().Select(parameter => $"{parameter.ParameterType.Name} {parameter.Name}"))})")
            .Concat(type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(property => property.SetMethod?.IsPublic == true ? $"{property.Name} set" : property.Name));

    [GeneratedRegex(@"^\s*using\s+(static\s+)?(\w+\s*=\s*)?(?<name>[\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex Usings();

    [GeneratedRegex(@"\[HttpTrigger\b")]
    private static partial Regex HttpTriggers();

    [GeneratedRegex(@"\[HttpTrigger\(AuthorizationLevel\.\w+")]
    private static partial Regex HttpTriggersWithLevel();
}
