using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// Runs a function on a message of a queue, or on many at once when <see cref="IsBatched"/>. What the club uses of
/// Microsoft.Azure.Functions.Worker.Extensions.ServiceBus 5.24.0, which not every feed has: the same names, parameters and defaults.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceBusTriggerAttribute : TriggerBindingAttribute, ISupportCardinality
{
    public ServiceBusTriggerAttribute(string queueName) => QueueName = queueName;

    public ServiceBusTriggerAttribute(string topicName, string subscriptionName) =>
        (TopicName, SubscriptionName) = (topicName, subscriptionName);

    public string? QueueName { get; }

    public string? TopicName { get; }

    public string? SubscriptionName { get; }

    public string? Connection { get; set; }

    public bool IsSessionsEnabled { get; set; }

    /// <summary>Unset, host.json decides; the host completes what succeeds there.</summary>
    public bool AutoCompleteMessages { get; set; }

    [DefaultValue(false)]
    public bool IsBatched
    {
        get => _cardinality == Cardinality.Many;
        set => _cardinality = value ? Cardinality.Many : Cardinality.One;
    }

    Cardinality ISupportCardinality.Cardinality
    {
        get => _cardinality;
        set => _cardinality = value;
    }

    private Cardinality _cardinality = Cardinality.One;
}
