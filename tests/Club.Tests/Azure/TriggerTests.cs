using System.Reflection;
using System.Text.RegularExpressions;
using Club.Triggers;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace Club.Tests.Azure;

/// <summary>
/// The functions are compiled twice, into both hosts, against the real packages; only the attribute of Service Bus is a stand-in. It must
/// offer no more than the real one has (azure-functions-dotnet-worker: Worker.Extensions.ServiceBus 5.24.0).
/// </summary>
public sealed partial class TriggerTests
{
    private static readonly string[] ServiceBusTrigger =
    [
        ".ctor(String queueName)", ".ctor(String topicName, String subscriptionName)", "QueueName", "TopicName", "SubscriptionName",
            "Connection set", "IsSessionsEnabled set",
        "IsBatched set", "AutoCompleteMessages set",
    ];

    [Fact]
    public void The_stand_in_offers_nothing_that_the_real_attribute_lacks() =>
        Assert.Empty(Members(typeof(ServiceBusTriggerAttribute)).Except(ServiceBusTrigger));

    // With it the Functions SDK would restore an extension for the host that a feed without the package cannot have.
    [Fact]
    public void The_stand_in_asks_for_no_extension_of_the_host() =>
        Assert.DoesNotContain(typeof(ServiceBusTriggerAttribute).Assembly.GetCustomAttributesData(), data =>
            data.AttributeType.Name == "ExtensionInformationAttribute");

    [Fact]
    public void Triggers_know_no_other_part_of_a_host()
    {
        foreach (var source in Repository.Sources("Triggers"))
            Assert.DoesNotContain(Usings().Matches(source).Select(match => match.Groups["name"].Value),
                name => name.StartsWith("Club.Local", StringComparison.Ordinal) || name.StartsWith("Club.Azure", StringComparison.Ordinal)
                || (name.Contains("Azure", StringComparison.Ordinal) && name != typeof(FunctionAttribute).Namespace));
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
            Assert.Equal(((ServiceBusTriggerAttribute)function.Trigger).IsBatched ? typeof(string[]) : typeof(string),
                function.Parameter.ParameterType));

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

    private static IEnumerable<string> Members(Type type) =>
        type.GetConstructors().Select(constructor =>
            $".ctor({string.Join(", ", constructor.GetParameters().Select(parameter => $"{parameter.ParameterType.Name} {parameter.Name}"))})")
            .Concat(type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(property => property.SetMethod?.IsPublic == true ? $"{property.Name} set" : property.Name));

    [GeneratedRegex(@"^\s*using\s+(static\s+)?(\w+\s*=\s*)?(?<name>[\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex Usings();

    [GeneratedRegex(@"\[HttpTrigger\b")]
    private static partial Regex HttpTriggers();

    [GeneratedRegex(@"\[HttpTrigger\(AuthorizationLevel\.\w+")]
    private static partial Regex HttpTriggersWithLevel();
}
