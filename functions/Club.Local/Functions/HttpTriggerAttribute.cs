namespace Microsoft.Azure.Functions.Worker;

public enum AuthorizationLevel
{
    Anonymous,
    User,
    Function,
    System,
    Admin,
}

/// <summary>Runs a function on an HTTP request. Without methods, every method matches; without a route, the route is the function's name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    public HttpTriggerAttribute() : this(AuthorizationLevel.Function) { }

    public HttpTriggerAttribute(params string[] methods) : this(AuthorizationLevel.Function, methods) { }

    public HttpTriggerAttribute(AuthorizationLevel authLevel) : this(authLevel, []) { }

    public string? Route { get; set; }

    public string[]? Methods { get; } = methods;

    public AuthorizationLevel AuthLevel { get; } = authLevel;
}
