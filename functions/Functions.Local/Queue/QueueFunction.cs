using System.Reflection;
using Functions.Local.Catalogue;
using Functions.Local.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace Functions.Local.Queue;

/// <summary>One handing-over of messages to a function: several only to a batched function.</summary>
internal sealed record Delivery(IReadOnlyList<QueueMessage> Messages, CancellationToken Cancellation);

/// <summary>A function that takes the messages of a queue.</summary>
internal sealed class QueueFunction
{
    private const string Supported =
        "a ServiceBusTrigger binds string, or string[] when IsBatched, and beside it CancellationToken and messageId, deliveryCount or enqueuedTimeUtc (…Array when IsBatched)";

    private QueueFunction(string queue, bool isBatched, BoundFunction<Delivery> function) =>
        (Queue, IsBatched, Function) = (queue, isBatched, function);

    public string Queue { get; }
    public bool IsBatched { get; }
    internal BoundFunction<Delivery> Function { get; }

    public static QueueFunction Of(FunctionMethod method, ParameterInfo trigger, ServiceBusTriggerAttribute attribute,
        IConfiguration settings)
    {
        Binding.RequireNoResult(method);
        if (attribute.QueueName is null || attribute.IsSessionsEnabled || CompletesItself(trigger))
            throw new StartException(
                $"{method} wants a topic, sessions or to complete messages itself; this host has plain queues that complete what succeeds.");
        if (trigger.ParameterType != (attribute.IsBatched ? typeof(string[]) : typeof(string)))
            throw Binding.Unsupported(method, trigger, Supported);
        var parameters = method.Parameters.Select(p => Parameter(method, p, trigger, attribute.IsBatched)).ToArray();
        return new QueueFunction(Binding.Resolve(method, attribute.QueueName, settings), attribute.IsBatched, new(method, parameters));
    }

    public static void RefuseSharedQueues(IEnumerable<QueueFunction> functions)
    {
        var shared = functions.GroupBy(f => f.Queue, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1);
        if (shared is not null)
            throw new StartException(
                $"Functions {string.Join(" and ", shared.Select(f => f.Function.Name))} both take the messages of the queue {shared.Key}.");
    }

    /// <summary>Unset, the property is false and the host completes; only who writes <c>false</c> means it.</summary>
    private static bool CompletesItself(ParameterInfo trigger) => trigger.GetCustomAttributesData()
        .Where(data => data.AttributeType == typeof(ServiceBusTriggerAttribute))
        .SelectMany(data => data.NamedArguments)
        .Any(argument => argument.MemberName == nameof(ServiceBusTriggerAttribute.AutoCompleteMessages)
            && argument.TypedValue.Value is false);

    private static Func<Delivery, object?> Parameter(FunctionMethod method, ParameterInfo parameter, ParameterInfo trigger, bool batched)
    {
        if (parameter == trigger)
            return batched ? delivery => Each(delivery, m => m.Body) : delivery => delivery.Messages[0].Body;
        if (parameter.ParameterType == typeof(CancellationToken)) return delivery => delivery.Cancellation;
        return (batched, parameter.Name!.ToUpperInvariant(), parameter.ParameterType) switch
        {
            (false, "MESSAGEID", var type) when type == typeof(string) => delivery => delivery.Messages[0].MessageId,
            (false, "DELIVERYCOUNT", var type) when type == typeof(int) => delivery => delivery.Messages[0].Deliveries,
            (false, "ENQUEUEDTIMEUTC", var type) when type == typeof(DateTime) => delivery => delivery.Messages[0].EnqueuedUtc,
            (true, "MESSAGEIDARRAY", var type) when type == typeof(string[]) => delivery => Each(delivery, m => m.MessageId),
            (true, "DELIVERYCOUNTARRAY", var type) when type == typeof(int[]) => delivery => Each(delivery, m => m.Deliveries),
            (true, "ENQUEUEDTIMEUTCARRAY", var type) when type == typeof(DateTime[]) => delivery => Each(delivery, m => m.EnqueuedUtc),
            _ => throw Binding.Unsupported(method, parameter, Supported),
        };
    }

    private static T[] Each<T>(Delivery delivery, Func<QueueMessage, T> value)
    {
        var values = new T[delivery.Messages.Count];
        for (var i = 0; i < values.Length; i++) values[i] = value(delivery.Messages[i]);
        return values;
    }
}
