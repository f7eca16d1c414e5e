using System.ComponentModel.DataAnnotations;

namespace Club.Azure;

/// <summary>The namespace with the queues. The host reads the same setting for the queue triggers.</summary>
public sealed class ServiceBusOptions
{
    public const string Section = "ServiceBus";

    [Required(ErrorMessage = "ServiceBus__fullyQualifiedNamespace is missing: set the namespace's host name (….servicebus.windows.net).")]
    public string FullyQualifiedNamespace { get; set; } = "";
}
