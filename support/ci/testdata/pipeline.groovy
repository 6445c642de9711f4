// Runs declarative Jenkinsfiles as Groovy, with blocks that know the directives which Jenkins' manual names for them, and prints
// the steps in their order: where they stand, their name and their argument. A file in which anything else stands is refused.
class Block {
    static Map<String, List<String>> directives = [
        pipeline: ['agent', 'options', 'environment', 'parameters', 'triggers', 'tools', 'libraries', 'stages', 'post'],
        agent: ['label', 'docker', 'dockerfile', 'node', 'kubernetes'],
        options: ['buildDiscarder', 'disableConcurrentBuilds', 'timeout', 'timestamps', 'retry', 'skipDefaultCheckout'],
        environment: ['credentials'],
        stages: ['stage'],
        stage: ['agent', 'options', 'environment', 'tools', 'input', 'when', 'steps', 'post'],
        when: ['triggeredBy', 'branch', 'expression'],
        post: ['always', 'changed', 'fixed', 'regression', 'aborted', 'failure', 'success', 'unstable', 'unsuccessful', 'cleanup'],
        steps: ['sh', 'junit', 'archiveArtifacts', 'echo'],
    ]
    static List<String> needed = ['agent', 'stages']
    String kind, name
    List<String> seen = []

    void run(Closure body) {
        body.delegate = this
        body.resolveStrategy = Closure.DELEGATE_ONLY
        body()
        def missing = kind == 'pipeline' ? needed - seen : kind == 'stage' ? ['steps'] - seen : []
        if (missing) throw new IllegalStateException("$name lacks $missing")
    }

    def methodMissing(String called, def arguments) {
        if (!(called in directives[kind])) throw new IllegalStateException("$called may not stand in $name")
        if (called in seen && kind in ['pipeline', 'stage', 'post']) throw new IllegalStateException("$called stands twice in $name")
        seen << called
        def last = arguments ? arguments[-1] : null
        if (last instanceof Closure) {
            def inner = kind == 'post' ? 'steps' : called
            new Block(kind: inner, name: kind == 'post' ? "post $called" : called).run(last)
        } else if (kind == 'steps') {
            println([name, called, last instanceof Map ? last.values()[0] : last].join('\t'))
        } else if (kind in ['pipeline', 'stages', 'stage', 'post']) {
            throw new IllegalStateException("$called in $name needs a block")
        } else if (kind == 'environment') {
            return "$called('$last')".toString()
        }
    }

    void propertyMissing(String set, def value) {
        if (kind != 'environment') throw new IllegalStateException("$set is set in $name")
        println(['environment', set, value].join('\t'))
    }

    def propertyMissing(String read) { throw new IllegalStateException("$read is no value in $name") }
}

args.each { file ->
    println "file\t$file"
    def binding = new Binding()
    binding.setVariable('pipeline', { Closure body -> new Block(kind: 'pipeline', name: 'pipeline').run(body) })
    try {
        new GroovyShell(binding).evaluate(new File(file))
    } catch (Exception | Error error) {
        println "refused\t${error.message}"
    }
}
